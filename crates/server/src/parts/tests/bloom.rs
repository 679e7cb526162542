use crate::parts::bloom::{BLOCK_BYTES, Tokens, block_at, may_hold};
use crate::parts::token::{each, sought, sought_whole};

fn tokens(text: &str) -> (Vec<u64>, bool) {
    let mut tokens = Vec::new();
    let odd = each(text.as_bytes(), &mut |token| tokens.push(token));
    (tokens, odd)
}

#[test]
fn what_is_in_is_found_and_little_else() {
    const KNOWN: usize = 20_000;
    let mut known = Tokens::default();
    // Each twice: at worst a filter has room for both.
    for _ in 0..2 {
        (0..KNOWN).for_each(|n| known.read(format!("again known{n} again").as_bytes()));
    }
    let filter = known.filter();
    assert_eq!(filter.len() % BLOCK_BYTES, 0);
    assert!(filter.len() <= KNOWN * 2 * 2 + BLOCK_BYTES, "{} bytes", filter.len());
    let held = |token: u64| {
        let at = block_at(token, filter.len());
        may_hold(&filter[at..at + BLOCK_BYTES], token)
    };
    assert!((0..KNOWN).all(|n| held(tokens(&format!("known{n}")).0[0])));
    assert!(held(tokens("again").0[0]));
    let strange = (0..20_000).filter(|n| held(tokens(&format!("strange{n}")).0[0])).count();
    assert!(strange < 150, "{strange} of 20000");
    known.clear();
    assert_eq!(known.filter(), [0; BLOCK_BYTES]);
}

#[test]
fn tokens_are_words_in_lower_case() {
    assert_eq!(tokens("Timed OUT, user_7!"), (tokens("timed out user_7").0, false));
    assert_eq!(tokens("a-b.c/d").0.len(), 4);
    assert!(tokens(" \u{e4} - ").0.is_empty());
    assert_eq!(tokens("tr\u{e4}ge").0, tokens("tr ge").0);
    assert!(tokens("bac\u{212a}up").1 && tokens("\u{17f}ee").1);
}

/// As spec/store.md draws it, byte by byte.
fn hash(word: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for piece in word.chunks(8) {
        let mut eight = [0; 8];
        eight[..piece.len()].copy_from_slice(piece);
        let piece = u64::from_le_bytes(eight) | 0x2020_2020_2020_2020;
        hash = (hash.rotate_left(5) ^ piece).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

proptest::proptest! {
    #[test]
    fn a_long_text_has_the_tokens_of_its_words(
        text in proptest::collection::vec(
            proptest::prop_oneof!["[0-9A-Za-z_]{1,3}", "[a-f0-9]{32}", "[a-z]{60,70}", ".", "[@\\[`{/:^\\x00]{1,3}"],
            0..40,
        )
    ) {
        let text = text.concat();
        let words = text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
        let wanted: Vec<u64> = words.filter(|word| !word.is_empty()).map(hash).collect();
        let odd = text.contains(['\u{212a}', '\u{17f}']);
        proptest::prop_assert_eq!(tokens(&text), (wanted, odd));
    }
}

#[test]
fn a_query_asks_only_for_words_that_are_whole() {
    assert_eq!(sought("timed out"), tokens("timed out").0);
    assert_eq!(sought("timed ou*"), tokens("timed").0);
    assert!(sought("time*").is_empty());
    assert_eq!(sought("/health"), tokens("health").0);
    assert!(sought("bac\u{212a}up").is_empty());
    assert_eq!(sought_whole("eu-west-*", true), tokens("eu west").0);
    assert_eq!(sought_whole("*-west-1", true), tokens("west 1").0);
    assert!(sought_whole("a*b c*d", true).is_empty());
    assert_eq!(sought_whole("a*b", false), tokens("a b").0);
}
