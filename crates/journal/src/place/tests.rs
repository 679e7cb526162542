use super::*;

#[test]
fn only_file_systems_that_keep_preallocated_blocks_are_taken() {
    assert_eq!(judge(0xEF53), Ok(Medium::Disk));
    assert_eq!(judge(0x5846_5342), Ok(Medium::Disk));
    assert_eq!(judge(0x794C_7630), Ok(Medium::Overlay));
    assert_eq!(judge(0x0102_1994), Ok(Medium::Tmpfs));
    assert_eq!(judge(0x6969), Err("nfs".into()));
    assert_eq!(judge(0x9123_683E), Err("btrfs".into()));
    assert_eq!(judge(0xFFFF_FFFF_9123_683E), Err("btrfs".into()), "some systems extend the sign");
    assert!(judge(1).is_err_and(|name| name.contains("0x1")));
}
