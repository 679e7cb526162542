use std::collections::{BTreeMap, BTreeSet};

use dlogs_record::Rejected;
use proptest::prelude::*;

use super::Stream;
use crate::entry::{Claim, Memory, Reason};
use crate::observe::Loss;
use crate::ranges::Ranges;
use crate::stream_id::StreamId;

fn claim(present: &BTreeSet<u64>, rejected: &BTreeSet<u64>, losses: &[(u64, u64)]) -> Claim {
    let mut ranges = Ranges::default();
    present.iter().for_each(|&seq| ranges.insert(seq, seq));
    let last_seq = present.iter().chain(rejected).max().copied().unwrap_or(0);
    let loss = |&(from, to): &(u64, u64)| Loss { from, to, reason: "torn".into() };
    Claim {
        stream: StreamId { instance: [1; 16], lane: 0 },
        memory: Memory::Stream,
        received_ns: 1,
        last_seq,
        present: ranges,
        rejected: rejected.iter().map(|&seq| (seq, Reason(Rejected::TooOld))).collect(),
        losses: losses.iter().map(loss).collect(),
        end_of_stream: false,
        digest: 0,
    }
}

/// A batch of a hostile or unlucky client: any numbers, in any order of batches, some rejected.
fn batches() -> impl Strategy<Value = Vec<Claim>> {
    let one = (
        proptest::collection::btree_set(1..60_u64, 0..25),
        proptest::collection::btree_set(1..60_u64, 0..4),
        proptest::collection::vec((1..60_u64, 0..5_u64), 0..3),
    );
    let one = one.prop_map(|(present, rejected, losses)| {
        let present: BTreeSet<u64> = present.difference(&rejected).copied().collect();
        let losses: Vec<_> = losses.iter().map(|&(from, more)| (from, from + more)).collect();
        claim(&present, &rejected, &losses)
    });
    proptest::collection::vec(one, 1..20)
}

fn numbers(ranges: &Ranges) -> BTreeSet<u64> {
    ranges.as_slice().iter().flat_map(|&(from, to)| from..=to).collect()
}

proptest! {
    #[test]
    fn every_number_is_decided_once(claims in batches()) {
        let mut stream = Stream::default();
        let mut fate: BTreeMap<u64, bool> = BTreeMap::new();
        let mut lost = BTreeSet::new();
        for claim in &claims {
            let outcome = stream.apply(claim);
            let present = numbers(&claim.present);
            let rejected: BTreeSet<u64> = claim.rejected.iter().map(|&(seq, _)| seq).collect();
            let fresh = present.iter().filter(|seq| !fate.contains_key(seq));
            let fresh: BTreeSet<u64> = fresh.copied().collect();
            prop_assert_eq!(numbers(&outcome.kept), fresh.clone(), "only what was undecided is stored");
            fresh.iter().for_each(|seq| { fate.insert(*seq, true); });
            rejected.iter().for_each(|seq| { fate.entry(*seq).or_insert(false); });
            let told: BTreeSet<u64> = outcome.rejected.iter().map(|&(seq, _)| seq).collect();
            let expected = present.union(&rejected).filter(|seq| !fate[seq]).copied().collect();
            prop_assert_eq!(&told, &expected, "the answer tells what was decided, now or before");
            prop_assert_eq!(outcome.accepted + told.len() as u64, (present.len() + rejected.len()) as u64);
            lost.extend(claim.losses.iter().flat_map(|loss| loss.from..=loss.to));
            let again = stream.clone().apply(claim);
            prop_assert!(again.kept.is_empty() && again.newly_rejected.is_empty());
            prop_assert_eq!((again.accepted, again.rejected), (outcome.accepted, outcome.rejected));
        }
        let law = stream.law();
        let stored = fate.values().filter(|kept| **kept).count() as u64;
        let still_lost = lost.iter().filter(|seq| !fate.contains_key(seq)).count() as u64;
        prop_assert_eq!((law.stored, law.rejected), (stored, fate.len() as u64 - stored));
        prop_assert_eq!(law.lost.iter().map(|(_, count)| count).sum::<u64>(), still_lost);
        let gaps: BTreeSet<u64> = law.gaps.iter().flat_map(|&(from, to)| from..=to).collect();
        let open = (1..=law.through).filter(|seq| !fate.contains_key(seq) && !lost.contains(seq));
        prop_assert_eq!(gaps, open.collect::<BTreeSet<u64>>(), "what nobody accounts for is a gap");
    }
}

#[test]
fn another_batch_under_the_same_key_is_a_conflict() {
    let mut stream = Stream::default();
    let first = Claim { digest: 1, ..claim(&BTreeSet::from([1, 2]), &BTreeSet::new(), &[]) };
    assert_eq!(stream.apply(&first).accepted, 2);
    let before = stream.clone();
    assert!(stream.apply(&Claim { digest: 2, ..first.clone() }).conflict);
    assert_eq!(stream, before);
    assert_eq!(stream.apply(&first).duplicates, 2);
}
