//! Bodies that are not what their headers say, and bombs.

use std::io::Write;

use super::table::{Cases, JSON, NDJSON, three};
use crate::support::server::NATIVE;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn wrong_encodings(cases: &mut Cases) {
    for encoding in
        ["br", "deflate", "zstd, gzip", "gzip,gzip", "zstd;q=1", "lz4", "snappy", "*", "utf-8"]
    {
        let headers = [("Content-Type", JSON), ("Content-Encoding", encoding)];
        cases.add(format!("encoding {encoding}"), &headers, "{}", 415, &["content_encoding"]);
    }
    let twice =
        [("Content-Type", JSON), ("Content-Encoding", "zstd"), ("Content-Encoding", "gzip")];
    cases.add("two encodings", &twice, "{}", 415, &["content_encoding"]);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
        "application/json; charset=utf-16",
        "application/json; charset=latin1",
        "application/vnd.dlogs.batch2",
        "json",
        "application/octet-stream",
        "application/x-protobuf",
    ] {
        cases.add(format!("type {kind}"), &[("Content-Type", kind)], "{}", 415, &["content_type"]);
    }
    cases.add("no type", &[], "{}", 415, &["content_type"]);
    let plain = three();
    let packed = zstd::bulk::compress(&plain, 3).unwrap();
    let zipped = gzip(&plain);
    for (encoding, whole) in [("zstd", &packed), ("gzip", &zipped)] {
        let headers = [("Content-Type", NATIVE), ("Content-Encoding", encoding)];
        cases.add(
            format!("{encoding} of nothing packed"),
            &headers,
            plain.clone(),
            400,
            &["encoding"],
        );
        cases.add(
            format!("{encoding} with junk behind"),
            &headers,
            [&whole[..], b"junk"].concat(),
            400,
            &["encoding"],
        );
        for end in (1..whole.len()).step_by(whole.len() / 12) {
            let name = format!("{encoding} cut at {end}");
            cases.add(name, &headers, &whole[..end], 400, &["encoding"]);
        }
    }
}

pub(super) fn bombs(cases: &mut Cases) {
    let zeros = vec![0; 70 << 20];
    let bombs = [("zstd", zstd::bulk::compress(&zeros, 19).unwrap()), ("gzip", gzip(&zeros))];
    for (encoding, bomb) in bombs {
        for kind in [JSON, NDJSON, NATIVE] {
            let headers = [("Content-Type", kind), ("Content-Encoding", encoding)];
            cases.add(
                format!("bomb {encoding} {kind}"),
                &headers,
                bomb.clone(),
                413,
                &["decoded_too_large"],
            );
        }
    }
    let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    wide.window_log(27).unwrap();
    wide.write_all(&zeros[..32 << 20]).unwrap();
    let headers = [("Content-Type", JSON), ("Content-Encoding", "zstd")];
    cases.add("a window of 128 MiB", &headers, wide.finish().unwrap(), 400, &["encoding"]);
}
