use super::*;

/// Every dangerous character alone, and the attacks that are known by name.
fn corpus() -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let alone = (0..=0x10ffff).filter_map(char::from_u32).filter(|c| is_dangerous(*c));
    texts.extend(alone.map(|c| format!("before {c} after")));
    texts.extend(
        [
            "\x1b[2J\x1b[H",                                 // clear the screen
            "\x1b]0;owned\x07",                              // set the title
            "\x1b]8;;http://evil/\x1b\\click\x1b]8;;\x1b\\", // a hyperlink
            "\x1b]52;c;cm0gLXJmIC8=\x07",                    // write the clipboard
            "\x1b[6n",          // ask for the cursor: the answer is typed
            "\x1b[21t",         // report the title
            "\x1bP$q\"p\x1b\\", // DECRQSS
            "\x1bc",            // full reset
            "\x1b[31mERROR\x1b[0m",
            "\x1b[?1049h",         // alternative screen
            "\x1b[1;1r",           // scroll region
            "\x1b(0",              // line drawing character set
            "\u{9b}2J",            // CSI as one C1 character
            "\u{9d}0;owned\u{9c}", // OSC in C1
            "\u{90}q\u{9c}",       // DCS in C1
            "ok\rfailed",
            "visible\x08\x08\x08\x08hidden",
            "first\nsecond forged INFO line",
            "\u{85}next line",
            "\u{2028}line\u{2029}paragraph",
            "access \u{202e}txt.exe",
            "if \u{2066}admin\u{2069} {", // Trojan Source, CVE-2021-42574
            "\u{200b}invisible\u{feff}",
            "\u{e0041}\u{e0042} tags",
            "\x00nul",
            "\x07bell\x07",
            "tab\tseparated",
            "\x0e shift out \x0f",
            "\x7f delete",
            "\u{fff9}annotated\u{fffa}text\u{fffb}",
        ]
        .map(String::from),
    );
    texts
}

#[test]
fn nothing_dangerous_reaches_the_terminal() {
    let corpus = corpus();
    assert!(corpus.len() >= 150, "{} strings", corpus.len());
    for text in corpus {
        let shown = for_terminal(&text);
        assert!(!shown.chars().any(is_dangerous), "{shown:?}");
        assert!(shown.len() > text.chars().count(), "{shown:?} shows what was there");
    }
}

#[test]
fn json_stays_the_same_json() {
    for text in corpus() {
        let json = serde_json::to_string(&serde_json::json!({ "message": text })).unwrap();
        let shown = for_json(&json);
        assert!(!shown.chars().any(is_dangerous), "{shown:?}");
        let back: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(back["message"], text.as_str());
    }
}

#[test]
fn harmless_text_is_not_touched() {
    let texts = [
        "",
        "plain",
        "C:\\path",
        "naïve café",
        "日本語",
        "русский",
        "עברית",
        "العربية",
        "👩\u{200d}💻",
        "\u{a0}nbsp",
        "e\u{301}",
        "{\"a\":1}",
        "\u{fffd}",
        "±∞≠",
        "क्\u{200d}ष",
    ];
    for text in texts {
        assert!(matches!(for_terminal(text), Cow::Borrowed(same) if same == text));
        assert!(matches!(for_json(text), Cow::Borrowed(same) if same == text));
    }
}

#[test]
fn spellings_are_the_usual_ones() {
    assert_eq!(for_terminal("a\x1b[31m\n\r\t\u{9b}\u{202e}"), "a\\x1b[31m\\n\\r\\t\\x9b\\u{202e}");
    assert_eq!(for_json("\"\u{7f}\u{e0041}\""), "\"\\u007f\\udb40\\udc41\"");
}
