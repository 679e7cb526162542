//! The frame scanner under random damage, for `FUZZ_SECONDS` (default 2), from `SEED` on. The same target as fuzz/.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

#[allow(unreachable_pub)]
#[path = "../fuzz/scan.rs"]
mod scan;

use std::time::{Duration, Instant};

use support::number;

#[test]
fn no_damage_makes_the_scanner_panic_hang_or_invent() {
    let deadline = Instant::now() + Duration::from_secs(number("FUZZ_SECONDS", 2));
    let mut state = number("SEED", 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    };
    let mut runs = 0_u64;
    while Instant::now() < deadline {
        let mut input = vec![if next() % 50 == 0 { 1 } else { 0 }];
        let words = if input[0] == 1 { next() % 2000 } else { 1 + next() % 24 };
        for _ in 0..words {
            input.extend((next() as u32).to_le_bytes());
        }
        scan::scan(&input);
        runs += 1;
    }
    println!("{runs} damaged segments scanned");
    assert!(runs > 100);
}
