//! One packed batch over a connection that stays open. Knows neither load nor measure.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// Sends one batch, waits for its answer, and fails unless every record was taken.
pub(crate) fn post(reader: &mut BufReader<TcpStream>, batch: &[u8]) {
    let head = format!(
        "POST /api/logs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/vnd.dlogs.batch\r\n\
         Content-Encoding: zstd\r\nContent-Length: {}\r\n\r\n",
        batch.len()
    );
    reader.get_mut().write_all(&[head.as_bytes(), batch].concat()).unwrap();
    let mut length = 0;
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        assert!(reader.read_line(&mut line).unwrap() > 0, "the server closed without an answer");
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    assert!(body.ends_with(b"\"rejected\":[]}"), "{}", String::from_utf8_lossy(&body));
}
