//! Just enough HTTP/1.1 to hear a client and to misbehave towards it. It keeps connections alive and never chunks.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use rustix::net::sockopt::set_socket_linger;

/// A request's head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// POST.
    pub method: String,
    /// /api/logs.
    pub path: String,
    /// In order, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// The header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// One connection of a client.
pub struct Connection {
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Takes over an accepted socket.
    pub fn new(stream: TcpStream) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, stream) }
    }

    fn socket(&self) -> &TcpStream {
        self.reader.get_ref()
    }

    /// The next request's head; `None` when the client has gone.
    pub fn read_head(&mut self) -> io::Result<Option<Head>> {
        let Some(first) = self.read_line()? else { return Ok(None) };
        let mut words = first.split(' ').map(str::to_owned);
        let mut head = Head {
            method: words.next().unwrap_or_default(),
            path: words.next().unwrap_or_default(),
            headers: Vec::new(),
        };
        while let Some(line) = self.read_line()?.filter(|line| !line.is_empty()) {
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            head.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        Ok(Some(head))
    }

    /// The body that belongs to `head`, still encoded.
    pub fn read_body(&mut self, head: &Head) -> io::Result<Vec<u8>> {
        if head.header("expect") == "100-continue" {
            self.socket().write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        if head.header("transfer-encoding") == "chunked" {
            return self.read_chunks();
        }
        let length = head.header("content-length").parse().unwrap_or(0);
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        Ok(body)
    }

    fn read_chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.read_line()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let size = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
            let start = body.len();
            body.resize(start + size, 0);
            self.reader.read_exact(&mut body[start..])?;
            self.read_line()?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    fn read_line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        if self.reader.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Sends bytes, at once or one after the other with a pause before each.
    pub fn send(&mut self, bytes: &[u8], pause: Option<Duration>) -> io::Result<()> {
        let mut socket = self.socket();
        let Some(pause) = pause else { return socket.write_all(bytes) };
        for byte in bytes {
            std::thread::sleep(pause);
            socket.write_all(&[*byte])?;
        }
        Ok(())
    }

    /// Makes the coming close a reset instead of a farewell.
    pub fn reset_on_close(&self) {
        // Failing here only makes the drop gentler than the case asked for.
        let _ = set_socket_linger(self.socket(), Some(Duration::ZERO));
    }

    /// Blocks until the client closes or sends something more.
    pub fn wait_for_client(&mut self) {
        let _ = self.reader.fill_buf();
    }
}

/// An answer's bytes.
pub fn answer(status: u16, headers: &[(String, String)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    // 204 and 304 have no body, and no length of one either.
    if status != 204 && status != 304 {
        text += &format!("Content-Length: {}\r\n", body.len());
    }
    text += "\r\n";
    [text.as_bytes(), body].concat()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        300..400 => "Elsewhere",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        400..500 => "Client Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
