//! Lists the files of the front end for the binary to hold: those of the folder `GUILDHALL_SITE`, or none.
//!
//! Without the variable, plain `cargo build` and `cargo test` need no front end; the server then serves pages without
//! style and script, unless `LEPTOS_SITE_ROOT` names a folder.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-env-changed=GUILDHALL_SITE");
    let mut list = String::from("&[\n");
    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script by the environment")]
    let (site, out) = (env::var_os("GUILDHALL_SITE"), env::var_os("OUT_DIR"));
    if let Some(root) = site.filter(|root| !root.is_empty()) {
        let root = fs::canonicalize(root)?;
        println!("cargo:rerun-if-changed={}", root.display());
        for file in files_below(&root)? {
            let name = file.strip_prefix(&root).map_err(io::Error::other)?;
            writeln!(list, "    ({name:?}, include_bytes!({file:?})),").map_err(io::Error::other)?;
        }
    }
    list.push_str("]\n");
    let out = out.ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("site.rs"), list)
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_below(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}
