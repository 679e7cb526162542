//! Puts the built page (dashboard/dist) into the binary, packed and with its ETags. Without it the list is empty and the
//! server shows how to build it.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> io::Result<()> {
    let missing = |name| io::Error::other(format!("cargo did not set {name}"));
    let here = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| missing("CARGO_MANIFEST_DIR"))?;
    let out = env::var_os("OUT_DIR").ok_or_else(|| missing("OUT_DIR"))?;
    let (dist, out) = (Path::new(&here).join("../../dashboard/dist"), PathBuf::from(out));

    // Where dist is missing, cargo runs this every time, and so notices when it appears.
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut files = Vec::new();
    list(&dist, &mut files)?;
    files.sort();
    let mut table = String::from("pub(super) static ASSETS: &[Asset] = &[\n");
    for (number, file) in files.iter().enumerate() {
        let body = fs::read(file)?;
        let packed_at = out.join(format!("{number}.gz"));
        let mut packer = GzEncoder::new(fs::File::create(&packed_at)?, Compression::best());
        packer.write_all(&body)?;
        packer.finish()?.flush()?;
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let path = file.strip_prefix(&dist).map_err(io::Error::other)?;
        let path = path.to_string_lossy().replace('\\', "/");
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "    Asset {{ path: {path:?}, etag: \"\\\"{:016x}\\\"\", plain: include_bytes!({:?}), gzip: include_bytes!({:?}) }},",
            hasher.finish(),
            file.canonicalize()?,
            packed_at,
        );
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
