use std::sync::Arc;

use serde_json::{Value, json};

use super::{MIB, Setting, Settings};
use crate::catalog::MemoryCatalog;
use crate::config::Config;

const DISK_BYTES: Option<u64> = Some(1000 * MIB);

fn settings(catalog: &Arc<MemoryCatalog>, flagged: &[Setting]) -> Settings {
    let config = Config { flagged: flagged.to_vec(), ..Config::at("unused") };
    Settings::open(catalog.clone(), config).unwrap()
}

fn change(settings: &Settings, wanted: Value) -> Result<(), (u16, String)> {
    let done = settings.change(wanted.as_object().unwrap(), DISK_BYTES);
    done.map_err(|refusal| (refusal.status.as_u16(), refusal.error))
}

fn shown(settings: &Settings, name: &str) -> (u64, String) {
    let shown = &settings.json()["retention"][name];
    (shown["value"].as_u64().unwrap(), shown["set_by"].as_str().unwrap().to_owned())
}

#[test]
fn what_the_page_says_counts_at_once_and_after_a_restart() {
    let catalog = Arc::default();
    let own = settings(&catalog, &[]);
    assert_eq!(shown(&own, "keep_days"), (180, "default".into()));
    change(&own, json!({"keep_days": 30, "keep_mib": 640, "keep_free_mib": 0})).unwrap();
    for settings in [&own, &settings(&catalog, &[])] {
        let rules = settings.rules();
        assert_eq!((rules.age_ns, rules.bytes), (30 * 86_400_000_000_000, 640 * MIB));
        assert_eq!(rules.free_bytes, 0);
        assert_eq!(shown(settings, "keep_days"), (30, "page".into()));
    }
    change(&own, json!({"keep_days": null})).unwrap();
    assert_eq!(shown(&settings(&catalog, &[]), "keep_days"), (180, "default".into()));
    assert_eq!(shown(&own, "keep_mib"), (640, "page".into()));
}

#[test]
fn a_flag_wins_and_says_so() {
    let catalog = Arc::default();
    change(&settings(&catalog, &[]), json!({"keep_days": 30})).unwrap();
    let own = settings(&catalog, &[Setting::KeepDays]);
    assert_eq!(shown(&own, "keep_days"), (180, "flag".into()));
    assert_eq!(own.rules().age_ns, 180 * 86_400_000_000_000);
    let (status, error) = change(&own, json!({"keep_days": 5, "keep_mib": 100})).unwrap_err();
    assert_eq!(status, 409);
    assert!(error.contains("--keep-days"), "{error}");
    assert_eq!(shown(&own, "keep_mib"), (0, "default".into()), "all or nothing");
    change(&own, json!({"keep_days": null})).unwrap();
    assert_eq!(shown(&settings(&catalog, &[]), "keep_days"), (180, "default".into()));
}

#[test]
fn what_cannot_be_meant_is_refused_with_the_way_out() {
    let own = settings(&Arc::default(), &[]);
    for (wanted, word) in [
        (json!({"keep_days": 0}), "1 to 36500"),
        (json!({"keep_days": 36_501}), "1 to 36500"),
        (json!({"keep_days": "30"}), "whole number"),
        (json!({"keep_days": 1.5}), "whole number"),
        (json!({"keep_days": -1}), "whole number"),
        (json!({"keep_mib": 63}), "64"),
        (json!({"keep_mib": u64::MAX}), "1099511627776"),
        (json!({"keep_free_mib": 501}), "500"),
        (json!({"keep_weeks": 1}), "keep_free_mib"),
    ] {
        let (status, error) = change(&own, wanted.clone()).unwrap_err();
        assert_eq!(status, 400, "{wanted}");
        assert!(error.contains(word), "{wanted}: {error}");
    }
    assert_eq!(shown(&own, "keep_days"), (180, "default".into()));
}
