//! The committed header is what the code says. `DLOGS_WRITE_HEADER=1` writes it.

use std::path::Path;

#[test]
fn the_header_does_not_drift() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).unwrap();
    let mut generated = Vec::new();
    cbindgen::Builder::new()
        .with_config(config)
        .with_src(root.join("src/verbs.rs"))
        .with_src(root.join("src/status.rs"))
        .generate()
        .unwrap()
        .write(&mut generated);
    let generated = String::from_utf8(generated).unwrap();
    // Go's module must hold its own copy, because cgo sees nothing outside of it.
    for place in ["include/dlogs.h", "../../clients/go/native/dlogs.h"] {
        let path = root.join(place);
        if std::env::var_os("DLOGS_WRITE_HEADER").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &generated).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            committed, generated,
            "{place} differs: run DLOGS_WRITE_HEADER=1 cargo test -p dlogs-abi --test header"
        );
    }
}
