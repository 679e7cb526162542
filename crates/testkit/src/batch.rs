//! A native batch, read by a second hand: this reader follows spec/wire.md and shares no code with client or server.

use serde_json::Value;

/// One record as it travelled.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Full sequence number.
    pub seq: u64,
    /// Time of the frame, nanoseconds since 1970.
    pub time_ns: u64,
    /// Bit 0 of the flags.
    pub important: bool,
    /// The record's bytes.
    pub body: Vec<u8>,
}

/// A decoded batch and everything in it that breaks spec/wire.md.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The JSON header.
    pub header: Value,
    /// The stream's name, as in the header.
    pub stream: String,
    /// First sequence number that the batch covers.
    pub first_seq: u64,
    /// Last sequence number that the batch covers, inclusive.
    pub last_seq: u64,
    /// The frames, in order.
    pub frames: Vec<Frame>,
    /// Sentences: each rule that the batch breaks.
    pub violations: Vec<String>,
}

impl Batch {
    /// Reads a decompressed body. An error means that it is no batch at all.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let length = u32_at(bytes, 0).ok_or("the body is shorter than its header length")? as usize;
        let header = bytes.get(4..4 + length).ok_or("the header is longer than the body")?;
        let header: Value = serde_json::from_slice(header)
            .map_err(|error| format!("the header is not JSON: {error}"))?;
        let stream = header["stream"].as_str().ok_or("the header has no stream")?.to_owned();
        let number = |key: &str| header[key].as_u64().ok_or(format!("the header has no {key}"));
        let (first_seq, last_seq) = (number("first_seq")?, number("last_seq")?);
        let mut batch = Self {
            stream,
            first_seq,
            last_seq,
            frames: Vec::new(),
            violations: Vec::new(),
            header,
        };
        batch.read_frames(&bytes[4 + length..])?;
        batch.check_header();
        Ok(batch)
    }

    fn read_frames(&mut self, mut rest: &[u8]) -> Result<(), String> {
        let rule = Rule::of(&self.stream, self.header["salt"].as_str().unwrap_or_default());
        let mut next = self.first_seq;
        while !rest.is_empty() {
            let head = rest.get(..24).ok_or("a frame's head is cut off")?;
            let size = u32_at(head, 0).unwrap_or_default() as usize;
            let padded = (24 + size).next_multiple_of(8);
            let frame = rest.get(..padded).ok_or("a frame is cut off")?;
            let low = u32_at(head, 16).unwrap_or_default();
            let seq = next + u64::from(low.wrapping_sub(next as u32));
            let flags = u16_at(head, 20);
            let body = &frame[24..24 + size];
            if seq > self.last_seq {
                self.violations.push(format!("seq {seq} is above last_seq {}", self.last_seq));
            }
            if u16_at(head, 22) != 0 || frame[24 + size..].iter().any(|byte| *byte != 0) {
                self.violations.push(format!("seq {seq}: reserved or padding bytes are not zero"));
            }
            match &rule {
                Ok(rule) if rule.check(seq, head, body) == u32_at(head, 4).unwrap_or_default() => {}
                Ok(_) => self.violations.push(format!("seq {seq}: the check is wrong")),
                Err(why) => self.violations.push(why.clone()),
            }
            self.frames.push(Frame {
                seq,
                time_ns: u64_at(head, 8),
                important: flags & 1 == 1,
                body: body.to_vec(),
            });
            next = seq + 1;
            rest = &rest[padded..];
        }
        Ok(())
    }

    fn check_header(&mut self) {
        let mut broken = |what: &str| self.violations.push(format!("header: {what}"));
        if self.header["v"] != 1 {
            broken("v is not 1");
        }
        if self.header["check"] != "crc32c" {
            broken("check is not crc32c");
        }
        if self.first_seq == 0 {
            broken("sequence numbers start at 1");
        }
        let empty =
            self.frames.is_empty() && self.header["losses"].as_array().is_none_or(Vec::is_empty);
        if empty && self.last_seq != self.first_seq.wrapping_sub(1) {
            broken("without frames and losses last_seq must be first_seq - 1");
        }
        if self.last_seq.saturating_add(1) < self.first_seq {
            broken("last_seq lies before first_seq - 1");
        }
    }

    /// The losses that the header declares: from, to, reason.
    pub fn losses(&self) -> Vec<(u64, u64, String)> {
        let list = self.header["losses"].as_array().map(Vec::as_slice).unwrap_or_default();
        let number = |loss: &Value, key: &str| loss[key].as_u64().unwrap_or_default();
        let reason = |loss: &Value| loss["reason"].as_str().unwrap_or_default().to_owned();
        list.iter().map(|l| (number(l, "from"), number(l, "to"), reason(l))).collect()
    }
}

/// What the check of a batch's frames begins with.
struct Rule {
    prefix: [u8; 26],
}

impl Rule {
    fn of(stream: &str, salt: &str) -> Result<Self, String> {
        let (instance, lane) = stream.split_once('.').ok_or("stream: no lane after a dot")?;
        let instance = u128::from_str_radix(instance, 16).ok().filter(|_| instance.len() == 32);
        let instance = instance.ok_or("stream: the instance is not 32 hex digits")?;
        let lane: u16 = lane.parse().map_err(|_| "stream: the lane is not a number")?;
        let salt = u64::from_str_radix(salt, 16).ok().filter(|_| salt.len() == 16);
        let salt = salt.ok_or("salt is not 16 hex digits")?;
        let mut prefix = [0; 26];
        prefix[..8].copy_from_slice(&salt.to_le_bytes());
        prefix[8..24].copy_from_slice(&instance.to_be_bytes());
        prefix[24..].copy_from_slice(&lane.to_le_bytes());
        Ok(Self { prefix })
    }

    /// salt | instance | lane | seq | size | time_ns | flags | zero | body, never 0 nor all ones.
    fn check(&self, seq: u64, head: &[u8], body: &[u8]) -> u32 {
        let mut check = crc32c::crc32c(&self.prefix);
        check = crc32c::crc32c_append(check, &seq.to_le_bytes());
        check = crc32c::crc32c_append(check, &head[..4]);
        check = crc32c::crc32c_append(check, &head[8..16]);
        check = crc32c::crc32c_append(check, &head[20..24]);
        match crc32c::crc32c_append(check, body) {
            0 => 1,
            u32::MAX => u32::MAX - 1,
            check => check,
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut value = [0; 8];
    value.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(value)
}
