// SPDX-License-Identifier: GPL-2.0-only
//! Functions that call each other in a circle.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::stack::{Graph, Node};

/// Functions, by their places in the graph, each of which comes to each other one by calls; mostly one,
/// which comes to itself or not.
pub type Group = Vec<usize>;

/// All functions in groups; a group stands behind those that it calls.
pub fn groups(graph: &Graph) -> Vec<Group> {
    let mut search = Search {
        graph,
        seen: BTreeMap::new(),
        path: Vec::new(),
        groups: Vec::new(),
    };
    for function in 0..graph.functions.len() {
        if !search.seen.contains_key(&function) {
            search.visit(function);
        }
    }
    search.groups
}

/// Tarjan's search for strongly connected components.
struct Search<'g, 'd> {
    graph: &'g Graph<'d>,
    /// When a function was seen first; `usize::MAX` once it is in a group.
    seen: BTreeMap<usize, usize>,
    /// Those that are in no group yet.
    path: Vec<usize>,
    groups: Vec<Group>,
}

impl Search<'_, '_> {
    /// Returns the earliest that is come to from there.
    fn visit(&mut self, function: usize) -> usize {
        let when = self.seen.len();
        self.seen.insert(function, when);
        self.path.push(function);
        let mut earliest = when;
        for callee in self.graph.functions[function].calls.keys() {
            let reached = match self.seen.get(callee) {
                Some(when) => *when,
                None => self.visit(*callee),
            };
            earliest = earliest.min(reached);
        }
        if earliest == when {
            let start = self.path.iter().position(|other| *other == function);
            let group = self.path.split_off(start.unwrap_or_default());
            for member in &group {
                self.seen.insert(*member, usize::MAX);
            }
            self.groups.push(group);
            return usize::MAX;
        }
        earliest
    }
}

/// What each turn takes of the stack at most: 0 if the group's functions do not come back to
/// themselves, or only by jumps in their own places.
pub fn turn(graph: &Graph, group: &Group) -> u64 {
    let within = |node: &Node| {
        let calls = node.calls.iter();
        let calls = calls.filter(|(callee, _)| group.contains(callee));
        calls.map(|(_, below)| *below).max().unwrap_or(0)
    };
    group.iter().map(|at| within(&graph.functions[*at])).sum()
}

/// The shortest way from a function of the group back to it; without it at the end.
pub fn way(graph: &Graph, group: &Group) -> Vec<usize> {
    let Some(start) = group.iter().min().copied() else {
        return Vec::new();
    };
    let mut from = BTreeMap::new();
    let mut to_see = VecDeque::from([start]);
    let mut seen = BTreeSet::new();
    while let Some(at) = to_see.pop_front() {
        for callee in graph.functions[at].calls.keys() {
            if *callee == start {
                let mut way = vec![at];
                while let Some(before) = way.last().and_then(|last| from.get(last)) {
                    way.push(*before);
                }
                way.reverse();
                return way;
            }
            if group.contains(callee) && seen.insert(*callee) {
                from.insert(*callee, at);
                to_see.push_back(*callee);
            }
        }
    }
    Vec::new()
}
