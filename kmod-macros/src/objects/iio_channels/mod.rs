// SPDX-License-Identifier: GPL-2.0-only
//! What stands in `channels(…)` of `#[iio]`: types, with the files that each channel has or shares.

mod event;
mod names;
mod scan;

pub use event::Event;
pub use scan::Scan;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::{Expr, Lit};

use crate::errors::{Errors, closest, listed};
use crate::syntax::Text;
use crate::syntax::args::{Entry, Value, split_at_commas};
use crate::syntax::forms::{int_value, literal, text};
use event::event;
use names::{INFOS, MODIFIERS, TYPES, word};
use scan::scan;

/// One channel.
pub struct Channel {
    /// What it measures.
    pub channel_type: &'static str,
    /// Where that stands.
    span: Span,
    /// What of it.
    pub modifier: Option<&'static str>,
    /// Its number.
    pub index: Option<u16>,
    /// The channel that it is the difference to.
    pub differential: Option<u16>,
    /// It goes out.
    pub output: bool,
    /// What handlers know it by.
    pub address: Option<u32>,
    /// What its file `label` shows.
    pub label: Option<Text>,
    /// What is its own, and what it shares in each way of [`SHARED`].
    pub files: [Files; 4],
    /// What it tells of.
    pub events: Vec<Event>,
    /// How it lies in a scan.
    pub scan: Option<Scan>,
}

/// Files of a channel.
#[derive(Default)]
pub struct Files {
    /// What is known.
    pub infos: Vec<&'static str>,
    /// Of what it is known what it may be.
    pub available: Vec<&'static str>,
}

impl Files {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.infos.is_empty() && self.available.is_empty()
    }
}

/// The ways in which channels share.
pub const SHARED: &[&str] = &["shared_by_type", "shared_by_dir", "shared_by_all"];

/// The most channels of a device.
const CHANNELS_MAX: usize = 256;

/// What stands behind the channels for the time of a scan.
const TIMESTAMP: &str = "timestamp";

/// The channels of the entry `channels(…)`, and whether the time is behind them.
pub fn channels(entry: &Entry, errors: &mut Errors) -> (Vec<Channel>, bool) {
    let Value::List(list) = &entry.value else {
        return (Vec::new(), false);
    };
    let before = errors.count();
    let mut channels = Vec::new();
    let mut timestamp = None;
    for part in split_at_commas(list.stream(), errors) {
        if let Some(earlier) = timestamp.clone() {
            misplaced(&earlier, errors);
        }
        match part.as_slice() {
            [TokenTree::Ident(time)] if time == TIMESTAMP => timestamp = Some(time.clone()),
            [TokenTree::Ident(channel_type), TokenTree::Group(files)]
                if files.delimiter() == Delimiter::Parenthesis =>
            {
                channels.extend(channel(channel_type, files, errors));
            }
            [TokenTree::Ident(channel_type)] => nothing_known(channel_type, errors),
            _ => {
                let tokens = part.into_iter().collect::<TokenStream>();
                let what = "types of channels, each with its files in parentheses";
                entry.wrong(tokens, what, errors);
            }
        }
    }
    if channels.is_empty() && errors.count() == before {
        entry.wrong(list, "channels, one at least", errors);
    }
    if channels.len() > CHANNELS_MAX {
        errors.at(
            entry.key.span(),
            format!("a device has at most {CHANNELS_MAX} channels"),
            "make several devices of it",
        );
    }
    // A channel of which a part was not understood may have another name, or be of a scan.
    if errors.count() == before {
        distinct(&channels, errors);
        if let Some(time) = &timestamp
            && channels.iter().all(|channel| channel.scan.is_none())
        {
            errors.at(
                time.span(),
                "the time is that of a scan, and no channel is of one",
                "add `scan = \"u16/16\"` to those that are, or leave `timestamp` out",
            );
        }
    }
    (channels, timestamp.is_some())
}

/// Something stands behind the time.
fn misplaced(time: &Ident, errors: &mut Errors) {
    errors.at(
        time.span(),
        "the time is the last of a scan",
        "write `timestamp` once, behind the channels",
    );
}

/// A channel without a file.
fn nothing_known(channel_type: &Ident, errors: &mut Errors) {
    errors.at(
        channel_type.span(),
        format!("nothing is known of the channel `{channel_type}`"),
        format!("write `{channel_type}(raw, scale)`"),
    );
}

/// The number that tokens are.
fn number<T: TryFrom<i128>>(
    key: &Ident,
    value: &[TokenTree],
    max: u32,
    errors: &mut Errors,
) -> Option<T> {
    let tokens: TokenStream = value.iter().cloned().collect();
    let number = syn::parse2(tokens.clone())
        .ok()
        .and_then(|value: Expr| int_value(&value))
        .and_then(|number| T::try_from(number).ok());
    if number.is_none() {
        errors.on(
            tokens,
            format!("`{key}` is a number from 0 to {max}"),
            format!("write `{key} = 0`"),
        );
    }
    number
}

/// The string that a token is.
fn text_of(value: &[TokenTree]) -> Option<Text> {
    let value: Expr = syn::parse2(value.iter().cloned().collect()).ok()?;
    match literal(&value) {
        Some(Lit::Str(string)) => Some(text(string)),
        _ => None,
    }
}

/// One channel.
fn channel(channel_type: &Ident, files: &Group, errors: &mut Errors) -> Option<Channel> {
    let name = word("type of channels", channel_type, TYPES, errors)?;
    let before = errors.count();
    let mut channel = Channel {
        channel_type: name,
        span: channel_type.span(),
        modifier: None,
        index: None,
        differential: None,
        output: false,
        address: None,
        label: None,
        files: Default::default(),
        events: Vec::new(),
        scan: None,
    };
    let mut seen: Vec<String> = Vec::new();
    for part in split_at_commas(files.stream(), errors) {
        let mut once = |key: &Ident, errors: &mut Errors| {
            let is_new = !seen.iter().any(|seen| key == seen);
            if is_new {
                seen.push(key.to_string());
            } else {
                errors.at(
                    key.span(),
                    format!("`{key}` is given twice"),
                    "leave one of them out",
                );
            }
            is_new
        };
        match part.as_slice() {
            [TokenTree::Ident(key), TokenTree::Punct(equals), value @ ..]
                if equals.as_char() == '=' && !value.is_empty() =>
            {
                if once(key, errors) {
                    channel.entry(key, value, errors);
                }
            }
            [TokenTree::Ident(key)] if key == "output" => {
                channel.output |= once(key, errors);
            }
            [TokenTree::Ident(shared), TokenTree::Group(those)]
                if those.delimiter() == Delimiter::Parenthesis
                    && SHARED.iter().any(|known| shared == *known) =>
            {
                let Some(place) = SHARED.iter().position(|known| shared == *known) else {
                    continue;
                };
                if once(shared, errors) {
                    for part in split_at_commas(those.stream(), errors) {
                        channel.files[place + 1].take(&part, shared.span(), errors);
                    }
                }
            }
            [TokenTree::Ident(key), TokenTree::Group(about)]
                if key == "event" && about.delimiter() == Delimiter::Parenthesis =>
            {
                channel.events.extend(event(key, about, errors));
            }
            part => channel.files[0].take(part, channel_type.span(), errors),
        }
    }
    if errors.count() == before {
        channel.check(channel_type, errors);
    }
    Some(channel)
}

impl Files {
    /// Takes what stands between two commas.
    fn take(&mut self, part: &[TokenTree], span: Span, errors: &mut Errors) {
        match part {
            [TokenTree::Ident(info)] if info != "available" => add(&mut self.infos, info, errors),
            [TokenTree::Ident(available), TokenTree::Group(those)]
                if available == "available" && those.delimiter() == Delimiter::Parenthesis =>
            {
                for part in split_at_commas(those.stream(), errors) {
                    if let [TokenTree::Ident(info)] = part.as_slice() {
                        add(&mut self.available, info, errors);
                    } else {
                        errors.at(
                            part.first().map_or(available.span(), TokenTree::span),
                            "`available` takes names of files",
                            "write `available(scale)`",
                        );
                    }
                }
            }
            [TokenTree::Ident(available)] => errors.at(
                available.span(),
                "`available` takes names of files",
                "write `available(scale)`",
            ),
            part => errors.at(
                part.first().map_or(span, TokenTree::span),
                "a channel takes names of files, and what it is",
                "write `raw`, `available(scale)`, `event(thresh, rising, en, value)`, `shared_by_type(scale)`, `index = 0`, `modifier = x`, \
                 `differential = 1`, `address = 0`, `label = \"VDD\"`, `scan = \"u16/16\"` or `output`",
            ),
        }
    }
}

/// Adds a file that is new.
fn add(to: &mut Vec<&'static str>, written: &Ident, errors: &mut Errors) {
    let Some(info) = word("file of channels", written, INFOS, errors) else {
        return;
    };
    if to.contains(&info) {
        errors.at(
            written.span(),
            format!("`{info}` is given twice"),
            "leave one of them out",
        );
    } else {
        to.push(info);
    }
}

impl Channel {
    /// Takes `key = value`.
    fn entry(&mut self, key: &Ident, value: &[TokenTree], errors: &mut Errors) {
        match key.to_string().as_str() {
            "index" => self.index = number(key, value, u16::MAX.into(), errors),
            "differential" => self.differential = number(key, value, u16::MAX.into(), errors),
            "address" => self.address = number(key, value, u32::MAX, errors),
            "modifier" => match value {
                [TokenTree::Ident(modifier)] => {
                    self.modifier = word("modifier", modifier, MODIFIERS, errors);
                }
                value => errors.on(
                    value.iter().cloned().collect::<TokenStream>(),
                    "a modifier is a word",
                    "write `modifier = x`",
                ),
            },
            "label" => match text_of(value) {
                Some(label)
                    if !label.value.is_empty()
                        && !label.value.contains(|c: char| c.is_control()) =>
                {
                    self.label = Some(label);
                }
                _ => errors.on(
                    value.iter().cloned().collect::<TokenStream>(),
                    "a label is a line of text",
                    "write `label = \"VDD\"`, or leave it out",
                ),
            },
            "scan" => self.scan = scan(value, errors),
            other => {
                let known = [
                    "index",
                    "modifier",
                    "differential",
                    "address",
                    "label",
                    "scan",
                ];
                let help = match other {
                    "channel" => "did you mean `index`?".to_owned(),
                    "scan_type" => "did you mean `scan`?".to_owned(),
                    "channel2" => "did you mean `modifier` or `differential`?".to_owned(),
                    other => match closest(other, known) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("there are {}", listed(known)),
                    },
                };
                errors.at(key.span(), format!("a channel has no `{other}`"), help);
            }
        }
    }

    /// The rules of one.
    fn check(&self, channel_type: &Ident, errors: &mut Errors) {
        if self.differential.is_some() {
            if self.index.is_none() {
                errors.at(
                    self.span,
                    "a difference is that of two channels",
                    "add `index = 0`, the one that the other is taken from",
                );
            }
            if self.modifier.is_some() {
                errors.at(
                    self.span,
                    "a difference has no modifier",
                    "leave `modifier` out",
                );
            }
        }
        for (place, event) in self.events.iter().enumerate() {
            let is_same = |other: &Event| {
                other.event_type == event.event_type && other.direction == event.direction
            };
            if self.events[..place].iter().any(is_same) {
                errors.at(
                    self.span,
                    format!(
                        "the event `{}, {}` is given twice",
                        event.event_type, event.direction
                    ),
                    "write what can be set of it into one `event(…)`",
                );
            }
        }
        if self.output && self.scan.is_some() {
            errors.at(
                self.span,
                "what goes out is of no scan",
                "leave `scan` or `output` out",
            );
        }
        if self.files.iter().all(Files::is_empty) && self.events.is_empty() && self.scan.is_none() {
            nothing_known(channel_type, errors);
        }
    }

    /// What the names of its own files begin with, and of those that it shares in each way.
    fn prefixes(&self) -> [String; 4] {
        let direction = if self.output { "out" } else { "in" };
        let channel_type = self.channel_type;
        let number = |of: Option<u16>| of.map_or(String::new(), |number| number.to_string());
        let index = number(self.index);
        let own = match self.differential {
            Some(of) => format!("{direction}_{channel_type}{index}-{channel_type}{of}_"),
            None => match self.modifier {
                Some(modifier) => format!("{direction}_{channel_type}{index}_{modifier}_"),
                None => format!("{direction}_{channel_type}{index}_"),
            },
        };
        let of_type = match self.differential {
            Some(_) => format!("{direction}_{channel_type}-{channel_type}_"),
            None => format!("{direction}_{channel_type}_"),
        };
        [own, of_type, format!("{direction}_"), String::new()]
    }
}

/// Reports channels whose files would have the same names: the kernel does not take them.
fn distinct(channels: &[Channel], errors: &mut Errors) {
    // The name of a file, and whether it is shared.
    let mut seen: Vec<(String, bool)> = Vec::new();
    for channel in channels {
        let mut clash = None;
        for (shared, (prefix, files)) in channel.prefixes().iter().zip(&channel.files).enumerate() {
            let names = files.infos.iter().map(|info| format!("{prefix}{info}"));
            let available = files.available.iter();
            let available = available.map(|info| format!("{prefix}{info}_available"));
            let events = channel.events.iter().flat_map(|event| {
                let before = format!("events/{prefix}{}", event.prefix());
                let infos = event.infos[shared].iter();
                infos.map(move |info| format!("{before}{info}"))
            });
            let scan = channel.scan.iter().filter(|_| shared == 0);
            let scan = scan.map(|_| format!("scan_elements/{prefix}en"));
            for name in names.chain(available).chain(events).chain(scan) {
                let is_shared = shared != 0;
                match seen.iter().find(|(other, _)| *other == name) {
                    Some((_, true)) if is_shared => {}
                    Some(_) => clash = Some(name),
                    None => seen.push((name, is_shared)),
                }
            }
        }
        if let Some(name) = clash {
            errors.at(
                channel.span,
                format!("two channels have the file `{name}`"),
                "give each an `index` or a `modifier` of its own, or share what is the same for all by \
                 `shared_by_type(…)`",
            );
        }
    }
}
