// SPDX-License-Identifier: GPL-2.0-only
//! What a channel tells of: `event(thresh, rising, en, value)`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

use super::SHARED;
use super::names::{EVENT_DIRECTIONS, EVENT_INFOS, EVENT_TYPES, word};
use crate::errors::Errors;
use crate::syntax::args::split_at_commas;

/// How an event is written.
const EVENT_EXAMPLE: &str = "write `event(thresh, rising, en, value)`";

/// What a channel tells of.
pub struct Event {
    /// What.
    pub event_type: &'static str,
    /// In which direction.
    pub direction: &'static str,
    /// What of it can be set, in each way of sharing.
    pub infos: [Vec<&'static str>; 4],
}

/// What stands in `event(…)`.
pub fn event(key: &Ident, about: &Group, errors: &mut Errors) -> Option<Event> {
    let parts = split_at_commas(about.stream(), errors);
    let [first, second, rest @ ..] = parts.as_slice() else {
        errors.at(
            key.span(),
            "an event has a type and a direction",
            EVENT_EXAMPLE,
        );
        return None;
    };
    let ([TokenTree::Ident(event_type)], [TokenTree::Ident(direction)]) =
        (first.as_slice(), second.as_slice())
    else {
        errors.at(
            key.span(),
            "an event has a type and a direction",
            EVENT_EXAMPLE,
        );
        return None;
    };
    let event_type = word("type of events", event_type, EVENT_TYPES, errors);
    let direction = word("direction of events", direction, EVENT_DIRECTIONS, errors);
    let mut event = Event {
        event_type: event_type?,
        direction: direction?,
        infos: Default::default(),
    };
    for part in rest {
        match part.as_slice() {
            [TokenTree::Ident(info)] => event.add(0, info, errors),
            [TokenTree::Ident(shared), TokenTree::Group(those)]
                if those.delimiter() == Delimiter::Parenthesis
                    && SHARED.iter().any(|known| shared == *known) =>
            {
                let place = SHARED.iter().position(|known| shared == *known);
                for part in split_at_commas(those.stream(), errors) {
                    match (place, part.as_slice()) {
                        (Some(place), [TokenTree::Ident(info)]) => {
                            event.add(place + 1, info, errors);
                        }
                        _ => not_of_an_event(shared.span(), errors),
                    }
                }
            }
            part => not_of_an_event(part.first().map_or(key.span(), TokenTree::span), errors),
        }
    }
    Some(event)
}

/// What an event does not take.
fn not_of_an_event(span: Span, errors: &mut Errors) {
    errors.at(
        span,
        "after its type and its direction, an event takes names of files",
        "write `event(thresh, rising, en, shared_by_type(value))`",
    );
}

impl Event {
    /// Adds what can be set of it, shared in this way.
    fn add(&mut self, shared: usize, written: &Ident, errors: &mut Errors) {
        let Some(info) = word("file of events", written, EVENT_INFOS, errors) else {
            return;
        };
        if self.infos.iter().any(|infos| infos.contains(&info)) {
            errors.at(
                written.span(),
                format!("`{info}` is given twice"),
                "leave one of them out",
            );
        } else {
            self.infos[shared].push(info);
        }
    }

    /// What the names of its files begin with, after the channel's.
    pub fn prefix(&self) -> String {
        match self.direction {
            "none" => format!("{}_", self.event_type),
            direction => format!("{}_{direction}_", self.event_type),
        }
    }
}
