//! Counts the log records of an OTLP request by walking protobuf's wire format, without decoding them.
//! Source: opentelemetry-proto, logs/v1/logs.proto and collector/logs/v1/logs_service.proto.

/// The fields on the way: resource_logs = 1, scope_logs = 2, log_records = 2.
const PATH: [u64; 3] = [1, 2, 2];

/// Log records in an `ExportLogsServiceRequest`; `None` where the bytes are no protobuf.
pub fn log_records(bytes: &[u8]) -> Option<u64> {
    count(bytes, &PATH)
}

fn count(mut bytes: &[u8], path: &[u64]) -> Option<u64> {
    let Some((wanted, rest_of_path)) = path.split_first() else { return Some(1) };
    let mut total = 0;
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let skip = match key & 7 {
            0 => {
                varint(&mut bytes)?;
                0
            }
            1 => 8,
            2 => varint(&mut bytes)? as usize,
            5 => 4,
            _ => return None,
        };
        let field = bytes.get(..skip)?;
        if key & 7 == 2 && key >> 3 == *wanted {
            total += count(field, rest_of_path)?;
        }
        bytes = &bytes[skip..];
    }
    Some(total)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::log_records;

    #[test]
    fn counts_records_of_every_scope() {
        let record = [0x0A, 0x00];
        let scope = [[0x12, 2].as_slice(), &record, &[0x12, 2], &record].concat();
        let resource = [[0x12, scope.len() as u8].as_slice(), &scope].concat();
        let request = [[0x0A, resource.len() as u8].as_slice(), &resource].concat().repeat(3);
        assert_eq!(log_records(&request), Some(6));
        assert_eq!(log_records(&[0x0A, 9]), None);
    }
}
