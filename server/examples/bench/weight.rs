//! What a browser loads first.

use super::measure::{Report, Result};
use std::path::PathBuf;

/// The assets of the first page, as brotli, against the budget in `end2end/budget.json`.
pub(crate) fn first_load(report: &mut Report) -> Result<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let budget: serde_json::Value = serde_json::from_slice(&std::fs::read(root.join("end2end/budget.json"))?)?;
    let limit = budget
        .pointer("/firstLoad/brotliKibibytes")
        .and_then(serde_json::Value::as_u64)
        .ok_or("no limit in the budget")?
        * 1024;
    let site = root.join("target/site");
    let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(site.join("manifest.json"))?)?;
    let mut total = 0;
    for name in ["guildhall.wasm", "guildhall.js", "guildhall.css"] {
        let hashed = manifest
            .get(name)
            .and_then(|path| path.as_str())
            .ok_or("an asset is not in the manifest")?;
        let bytes = std::fs::metadata(site.join(format!("{}.br", hashed.trim_start_matches('/'))))?.len();
        report.tell(
            &format!("{name} as brotli (KiB)"),
            &format!("{:.1}", bytes as f64 / 1024.0),
        );
        total += bytes;
    }
    report.at_most("first load against the budget", total as f64 / limit as f64, 1.0);
    Ok(())
}
