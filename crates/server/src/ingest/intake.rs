//! The way that every batch takes: body, unpacking, checks, disk. What a format's records mean is not decided here.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::HeaderMap;
use bytes::Bytes;

use super::gather::{Gather, Name};
use super::identity::Identity;
use super::recent::{Hold, Known};
use super::rejecting;
use super::{DECODED_MAX_BYTES, Edge, Prepared, Told, body};
use crate::app::App;
use crate::batch::Encoding;
use crate::entry::Reason;
use crate::pack::{UnpackError, unpack_limited};
use crate::refusal::Refusal;
use crate::stream::Outcome;

/// Below this length unpacking and checking takes less time than handing it to another thread.
const INLINE_MAX_BYTES: usize = 64 << 10;

/// What a format made of a request.
pub(super) struct Ready<T> {
    pub(super) prepared: Prepared,
    /// What it is recognised by, when it comes again.
    pub(super) hold: Hold,
    /// It came before and is on disk: it is answered as then, and not stored.
    pub(super) repeated: bool,
    /// What the answer needs besides.
    pub(super) extra: T,
}

/// What came of a batch.
pub(super) struct Taken<T> {
    pub(super) outcome: Outcome,
    pub(super) durable: bool,
    pub(super) first_seq: u64,
    pub(super) last_seq: u64,
    /// All records that cannot be kept, ascending.
    pub(super) rejected: Vec<(u64, Reason)>,
    /// Why, of the first ones.
    pub(super) told: Vec<Told>,
    pub(super) extra: T,
}

/// Finishes a batch that is recognised by its body, where every record carries its time. Of equal bodies without
/// times each is new: nobody could tell a repeat from a second event.
pub(super) fn hold_body(
    gather: Gather,
    mut hold: Hold,
    name: Name,
    route: &str,
    key_id: &str,
    decoded: &[u8],
) -> Result<Ready<()>, Refusal> {
    let mut repeated = false;
    if gather.is_timed() {
        let identity = Identity::of("body", &[route.as_bytes(), key_id.as_bytes(), decoded]);
        match hold.take(identity) {
            Known::New | Known::Mine => {}
            Known::Stored => repeated = true,
            Known::InFlight => {
                return Err(Refusal::busy(
                    "The same batch is being stored; try again in a moment.",
                ));
            }
        }
    }
    let prepared = gather.finish(name, hold.identities())?;
    Ok(Ready { prepared, hold, repeated, extra: () })
}

/// Reads the body, lets the format make records of it (it gets the packed and the unpacked bytes), and stores them.
pub(super) async fn take<T: Send + 'static>(
    app: &Arc<App>,
    headers: &HeaderMap,
    encoding: Encoding,
    body: Body,
    format: impl FnOnce(Edge, Hold, Bytes, Bytes) -> Result<Ready<T>, Refusal> + Send + 'static,
) -> Result<Taken<T>, Refusal> {
    app.admits_batches()?;
    body::check_length(headers)?;
    let mut share = app.budget.share();
    let timeout = Duration::from_millis(app.config.body_timeout_ms);
    let packed = body::read(body, &mut share, timeout).await?;
    let edge = Edge {
        received_ns: app.now_ns(),
        max_age_ms: app.config.max_age_ms,
        max_ahead_ms: app.config.max_ahead_ms,
    };
    let hold = Hold::new(app.recent.clone(), edge.received_ns);
    let small = packed.len() <= INLINE_MAX_BYTES;
    let prepare = move || {
        let decoded = unpack_limited(encoding, &packed, DECODED_MAX_BYTES as usize)
            .map_err(|error| refuse_packed(encoding, error))?;
        let raw = decoded.clone();
        format(edge, hold, packed, decoded).map_err(|refusal| refusal.about(&raw))
    };
    let ready = match small {
        true => prepare()?,
        false => {
            // Few at a time: each may unpack to 64 MiB.
            let slot = app.unpack_slots.clone().acquire_owned().await;
            let slot =
                slot.map_err(|_| Refusal::unavailable("stopping", "The server is stopping.", 1))?;
            let task = tokio::task::spawn_blocking(move || {
                let _slot = slot;
                prepare()
            });
            task.await.map_err(|_| Refusal::bad("body", "The batch could not be read."))??
        }
    };
    let Ready { prepared, hold, repeated, extra } = ready;
    let claim = &prepared.entry.head.claim;
    let (first_seq, last_seq) = (prepared.entry.head.first_seq, claim.last_seq);
    let (durable, told) = (prepared.durable, prepared.told.clone());
    let stream = rejecting::known_stream(claim);
    let rejected = claim.rejected.clone();
    let present = claim.present.count();
    let outcome = if repeated {
        app.hear(prepared, present).await?;
        Outcome { accepted: present, rejected: rejected.clone(), ..Outcome::default() }
    } else if durable || app.is_troubled() {
        let app = app.clone();
        // A sender that hangs up takes this request with it, but not what it is recognised by when it comes again.
        let storing = tokio::spawn(async move {
            let outcome = app.store(prepared, share).await;
            if outcome.is_ok() {
                hold.store();
            }
            outcome
        });
        storing
            .await
            .map_err(|_| Refusal::unavailable("stopping", "The server is stopping.", 1))??
    } else {
        app.hear(prepared, 0).await?;
        drop(share);
        Outcome { rejected: rejected.clone(), ..Outcome::default() }
    };
    if !outcome.newly_rejected.is_empty() {
        rejecting::note(app, stream, &told, &rejected);
    }
    Ok(Taken { outcome, durable, first_seq, last_seq, rejected, told, extra })
}

fn refuse_packed(encoding: Encoding, error: UnpackError) -> Refusal {
    let too_large =
        |error: String| Refusal::too_large("decoded_too_large", error, DECODED_MAX_BYTES);
    match error {
        UnpackError::Corrupt(what) => Refusal::bad(
            "encoding",
            format!("The body is not what Content-Encoding says ({encoding:?}): {what}."),
        ),
        UnpackError::TooLarge => too_large(format!(
            "The batch unpacks to more than {DECODED_MAX_BYTES} bytes; send smaller batches."
        )),
        UnpackError::Bomb => {
            too_large("The batch unpacks to more than 1000 times its size; it is no batch.".into())
        }
    }
}
