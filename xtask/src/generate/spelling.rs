//! The names of `spec/` as the languages spell them. Every language's file calls these.

/// `journal_full` is `JournalFull`, `INFO` is `Info`.
pub(super) fn pascal(name: &str) -> String {
    name.split('_').map(capital).collect()
}

/// `journal_full` is `journalFull`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    words.fold(first, |out, word| out + &capital(word))
}

/// `full` is `Full`.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect()
}
