// SPDX-License-Identifier: GPL-2.0-only
//! Pages for people: a table of files, and of each file its lines.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::lines::{Count, Files, Row};

const STYLE: &str = "body { font: 15px/1.4 sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }
table { border-collapse: collapse; } td, th { padding: .15em .8em; text-align: right; }
td:first-child, th:first-child { text-align: left; } tr:nth-child(even) { background: #8881; }
pre { line-height: 1.35; } pre span { display: block; padding-left: .5em; border-left: 4px solid transparent; }
.ran { border-color: #2a2; } .not { border-color: #c22; background: #c223; } i { color: #888; }";

/// The pages: each one's name and text. `index.html` is the first.
pub fn pages(files: &Files, rows: &[Row], root: &Path) -> Vec<(String, String)> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let mut index = "<h1>Lines that ran</h1>\n".to_owned();
    let crates = rows.iter().map(|row| (escaped(&row.name), row.count));
    index += &table("crate", crates);
    let mut pages = Vec::new();
    let mut links = Vec::new();
    for (file, lines) in &files.lines {
        let below = file.strip_prefix(&root).unwrap_or(file);
        let title = escaped(&below.display().to_string());
        let name = format!("{}.html", below.display().to_string().replace('/', "-"));
        let link = name
            .replace('%', "%25")
            .replace('#', "%23")
            .replace('?', "%3f");
        let count = Count::of(lines);
        links.push((format!("<a href=\"{}\">{title}</a>", escaped(&link)), count));
        let mut text = format!(
            "<p><a href=\"index.html\">all files</a></p>\n<h1>{title}</h1>\n<p>{} of {} lines ran: {}</p>\n<pre>\n",
            count.ran,
            count.lines,
            count.percent()
        );
        let source = fs::read_to_string(file).unwrap_or_default();
        for (number, line) in (1..).zip(source.lines()) {
            let class = match lines.get(&number) {
                Some(true) => " class=\"ran\"",
                Some(false) => " class=\"not\"",
                None => "",
            };
            let _ = writeln!(
                text,
                "<span{class} id=\"{number}\"><i>{number:5}</i> {}</span>",
                escaped(line)
            );
        }
        pages.push((name, page(&title, &(text + "</pre>\n"))));
    }
    index += &table("file", links.into_iter());
    pages.insert(0, ("index.html".to_owned(), page("Lines that ran", &index)));
    pages
}

fn table(what: &str, rows: impl Iterator<Item = (String, Count)>) -> String {
    let mut text = format!("<table>\n<tr><th>{what}<th>lines<th>ran<th>\n");
    for (name, count) in rows {
        let Count { lines, ran } = count;
        let _ = writeln!(
            text,
            "<tr><td>{name}<td>{lines}<td>{ran}<td>{}",
            count.percent()
        );
    }
    text + "</table>\n"
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n{body}</html>\n"
    )
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_page_with_its_lines() {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap();
        let file = root.join("a<b>.rs");
        fs::write(&file, "fn a() {}\nlet a = &b;\n\n").unwrap();
        let lines = [(1, true), (2, false)].into();
        let files = Files {
            lines: [(file, lines)].into(),
        };
        let pages = pages(&files, &files.rows(&root), &root);
        let [(index, table), (name, text)] = &*pages else {
            panic!("{pages:?}");
        };
        assert_eq!((&**index, &**name), ("index.html", "a<b>.rs.html"));
        assert!(
            table.contains("<a href=\"a&lt;b&gt;.rs.html\">a&lt;b&gt;.rs</a><td>2<td>1<td>50.0 %"),
            "{table}"
        );
        assert!(
            text.contains("<span class=\"ran\" id=\"1\"><i>    1</i> fn a() {}</span>"),
            "{text}"
        );
        assert!(
            text.contains("<span class=\"not\" id=\"2\"><i>    2</i> let a = &amp;b;</span>"),
            "{text}"
        );
        assert!(text.contains("<span id=\"3\">"), "{text}");
    }
}
