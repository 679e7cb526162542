//! The built library: a C program uses it, nothing else is exported, a panic stays inside, and it is never unloaded.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test says what failed by failing")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the library as it is shipped, with the export that panics, and returns its folder.
fn library() -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "-p", "dlogs-abi", "--features", "test-panic"])
        .status()
        .unwrap();
    assert!(status.success());
    // The test's own executable lies in <target>/<profile>/deps.
    let executable = std::env::current_exe().unwrap();
    let target = executable.ancestors().nth(3).unwrap();
    target.join("debug")
}

#[test]
fn a_c_program_uses_it_and_nothing_else_is_exported() {
    let folder = library();
    let scratch = tempfile::tempdir().unwrap();
    let program = scratch.path().join("smoke");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let compiled = Command::new("cc")
        .args(["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-DDLOGS_TEST_PANIC", "-I"])
        .arg(root.join("include"))
        .arg(root.join("tests/smoke.c"))
        .arg("-o")
        .arg(&program)
        .arg(format!("-L{}", folder.display()))
        .args(["-ldlogs_abi", &format!("-Wl,-rpath,{}", folder.display())])
        .status()
        .unwrap();
    assert!(compiled.success());
    // Where the tests are built for release, Cargo's own path would find the library that is shipped.
    let run = Command::new(&program)
        .arg(scratch.path().join("journal"))
        .env_remove("LD_LIBRARY_PATH")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&run.stdout), "ok\n");
    assert_eq!(String::from_utf8_lossy(&run.stderr), "", "the library printed");

    let library = folder.join("libdlogs_abi.so");
    let symbols = Command::new("nm").args(["-D", "--defined-only"]).arg(&library).output().unwrap();
    for line in String::from_utf8_lossy(&symbols.stdout).lines() {
        let name = line.rsplit(' ').next().unwrap_or_default();
        let ours = name.starts_with("dlogs_") || name.starts_with("Java_com_distributedlogs_");
        assert!(ours, "{name} is exported");
    }
    let dynamic = Command::new("readelf").arg("-d").arg(&library).output().unwrap();
    let dynamic = String::from_utf8_lossy(&dynamic.stdout).to_string();
    assert!(
        dynamic.contains("NODELETE"),
        "the library can be unloaded under its threads:\n{dynamic}"
    );
}
