//! The rendering itself: pure.

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Blocks and spans inside one another, at most.
const DEPTH: usize = 24;

/// Markdown as HTML that is safe to stand in a page below headings of the second level.
pub(crate) fn render(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Tame::new(Parser::new_ext(markdown, options));
    let mut unsafe_html = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut unsafe_html, events);
    CLEANER.clean(&unsafe_html).to_string()
}

/// What may stand in a README, and nothing else.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener"));
    builder
});

/// Takes out of a stream of events what must not reach a page.
struct Tame<'text, I> {
    events: I,
    /// What comes next, before the stream goes on.
    waiting: Vec<Event<'text>>,
    /// How deep the reader is, and whether each level was let through.
    levels: Vec<bool>,
    /// Links and pictures around the present place; only the outermost is a link.
    links: usize,
    /// What was read of a block of HTML.
    block: String,
}

impl<'text, I: Iterator<Item = Event<'text>>> Tame<'text, I> {
    const fn new(events: I) -> Self {
        Self {
            events,
            waiting: Vec::new(),
            levels: Vec::new(),
            links: 0,
            block: String::new(),
        }
    }

    /// The beginning of a block or span, or nothing if it is too deep or inside a link already.
    fn begin(&mut self, tag: Tag<'text>) -> Option<Event<'text>> {
        let is_link = matches!(tag, Tag::Link { .. } | Tag::Image { .. });
        let let_through = self.levels.len() < DEPTH && !(is_link && self.links > 0) && !matches!(tag, Tag::HtmlBlock);
        self.links += usize::from(is_link);
        self.levels.push(let_through);
        let tag = match tag {
            Tag::Heading { level, .. } => Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            },
            // A picture becomes a link to it, whose text is what describes it.
            Tag::Image {
                dest_url, title, id, ..
            } => {
                self.waiting.push(Event::Text(CowStr::Borrowed("Image: ")));
                Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    title,
                    id,
                }
            }
            other => other,
        };
        if !let_through {
            self.waiting.clear();
        }
        let_through.then_some(Event::Start(tag))
    }

    fn end(&mut self, tag: TagEnd) -> Option<Event<'text>> {
        if tag == TagEnd::HtmlBlock {
            self.levels.pop();
            return self.end_of_html();
        }
        let is_link = matches!(tag, TagEnd::Link | TagEnd::Image);
        self.links = self.links.saturating_sub(usize::from(is_link));
        let let_through = self.levels.pop().unwrap_or(false);
        let tag = match tag {
            TagEnd::Heading(level) => TagEnd::Heading(lowered(level)),
            TagEnd::Image => TagEnd::Link,
            other => other,
        };
        let_through.then_some(Event::End(tag))
    }

    /// What people would read of a block of HTML, as a paragraph.
    fn end_of_html(&mut self) -> Option<Event<'text>> {
        let text = text_of(&std::mem::take(&mut self.block))?;
        self.waiting.push(Event::End(TagEnd::Paragraph));
        self.waiting.push(Event::Text(text.into()));
        Some(Event::Start(Tag::Paragraph))
    }
}

impl<'text, I: Iterator<Item = Event<'text>>> Iterator for Tame<'text, I> {
    type Item = Event<'text>;

    fn next(&mut self) -> Option<Event<'text>> {
        if let Some(event) = self.waiting.pop() {
            return Some(event);
        }
        loop {
            let event = match self.events.next()? {
                Event::Start(tag) => self.begin(tag),
                Event::End(tag) => self.end(tag),
                Event::Html(html) => {
                    self.block.push_str(&html);
                    None
                }
                // The text between two tags is an event of its own.
                Event::InlineHtml(html) => is_break(&html).then_some(Event::HardBreak),
                other => Some(other),
            };
            if event.is_some() {
                return event;
            }
        }
    }
}

/// The page has headings of the first two levels already.
const fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

fn is_break(html: &str) -> bool {
    html.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

/// The text outside tags, comments, scripts and styles.
fn text_of(html: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let begins = |name: &str| {
            tag.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        let end = if begins("!--") {
            "-->"
        } else if begins("script") {
            "</script>"
        } else if begins("style") {
            "</style>"
        } else {
            ">"
        };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::render;
    use std::time::Instant;

    #[test]
    fn what_a_readme_needs_is_rendered() {
        let markdown = "# Contoso.Json\n\nReads *and* **writes** `JSON`, ~~slowly~~.\n\n1. one\n2. two\n\n```csharp\nvar a = 1 < 2;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n[site](https://contoso.example \"t\") <me@contoso.example>\n";
        insta::assert_snapshot!(render(markdown));
    }

    #[test]
    fn no_script_style_or_foreign_address_survives() {
        let markdown = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> a <b onclick=x>b</b>\n\n[x](javascript:alert(1)) [y](data:text/html,x) [z](/local) [w](//evil.example)\n\n<p style=\"color:red\">styled\ntext</p>\n\n<!-- hidden -->\n\n&lt;script&gt;\n";
        let html = render(markdown);
        for forbidden in [
            "<script",
            "onerror",
            "onclick",
            "javascript:",
            "data:",
            "style=",
            "href=\"/",
            "<img",
            "hidden",
        ] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
        insta::assert_snapshot!(html);
    }

    #[test]
    fn a_picture_becomes_a_link() {
        let html = render(
            "![a chart](https://contoso.example/chart.png)\n\n[![build](https://ci.example/b.svg)](https://ci.example)",
        );
        insta::assert_snapshot!(html);
    }

    #[test]
    fn nesting_slows_nothing_down() {
        let started = Instant::now();
        for hostile in [
            ">".repeat(200_000),
            "<div>\n".repeat(150_000),
            "- ".repeat(300_000),
            "[".repeat(500_000),
            "*a ".repeat(300_000),
            "![".repeat(300_000),
        ] {
            let _ = render(&hostile);
        }
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}
