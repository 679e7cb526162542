//! What a record costs: `cargo run --release -p dlogs-record --example encode_cost`. Best of many short
//! rounds, ns a record: a busy machine leaves some of them alone.

use std::hint::black_box;
use std::time::Instant;

use dlogs_record::{Encoder, Kind, Level, Redact, View, check, json};

fn encode(body: &mut Vec<u8>) {
    body.clear();
    let mut encoder =
        Encoder::new(body, Level::Info, Kind::Log, 1, black_box("User logged in successfully"));
    encoder.key("user_id").i64(black_box(12345)).key("login_method").str(black_box("oauth"));
    encoder.key("ip_address").str(black_box("192.168.1.100")).key("elapsed").f64(black_box(0.25));
    encoder.key("cached").bool(black_box(true));
    encoder.finish();
}

fn best_ns(rounds: u32, mut work: impl FnMut()) -> f64 {
    const CALLS: u32 = 1_000;
    let round = |_| {
        let start = Instant::now();
        (0..CALLS).for_each(|_| work());
        start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
    };
    (0..rounds).map(round).fold(f64::INFINITY, f64::min)
}

#[expect(clippy::print_stdout, reason = "a tool of the command line")]
fn main() {
    let mut body = Vec::with_capacity(1024);
    let nothing = best_ns(10_000, || {
        black_box(0);
    });
    let encoding = best_ns(10_000, || encode(black_box(&mut body)));
    let redact = Redact::new(["password", "token", "authorization", "secret"]);
    let mut scratch = Vec::new();
    let checking = best_ns(10_000, || {
        let _ = black_box(check(black_box(&body), &redact, &mut scratch));
    });
    let viewing = best_ns(10_000, || {
        let view = View::parse(black_box(&body));
        let _ = black_box(view.map(|view| view.get("cached").is_some()));
    });
    let telling = best_ns(500, || {
        let row = View::parse(&body).map(|view| serde_json::to_string(&json::row(&view, None)));
        let _ = black_box(row);
    });
    println!("message and 5 fields, {} bytes; loop {nothing:.1} ns", body.len());
    println!(
        "encode {encoding:.1}  check {checking:.1}  view {viewing:.1}  row as JSON {telling:.1}"
    );
}
