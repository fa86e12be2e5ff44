//! One record in the place of another.

use crate::dns::{RecordData, Response, TxtRecord};
use crate::gather::Gather;
use crate::spf;

/// The TXT records of a name when `values` have taken the place of all that are of their kind.
pub(crate) fn with<'a>(
    known: Option<&Response>,
    values: impl IntoIterator<Item = &'a str>,
    is_of_kind: impl Fn(&RecordData) -> bool,
) -> Response {
    let records = known.map_or(&[][..], Response::records);
    let mut records: Vec<RecordData> = records
        .iter()
        .filter(|data| !is_of_kind(data))
        .cloned()
        .gather();
    let values = values.into_iter().map(TxtRecord::single);
    records.extend(values.map(RecordData::Txt));
    Response::from_records(records)
}

/// Whether a record is SPF, or was meant as such.
pub(crate) fn is_spf(data: &RecordData) -> bool {
    let alone = Response::Records(vec![data.clone()]);
    matches!(spf::select(&alone), spf::Selection::One(_)) || !spf::near_misses(&alone).is_empty()
}
