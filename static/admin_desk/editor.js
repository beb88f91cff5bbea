"use strict";
/* The editor of an item's text, over its textarea, which goes on holding the HTML that is sent. Untouched text is sent
   as it came; text that the editor could not keep whole is left to the textarea. */
(() => {
  const MARKS = ["cite", "code", "del", "ins", "q", "s", "small", "sub", "sup", "u"];
  const BLOCKS = "p,h2,h3,h4,ul,ol,li,dl,dt,dd,blockquote,figure,figcaption,table,caption,thead,tbody,tfoot,tr,td,th,hr,pre";
  const HOLDS_BARE = "li,td,th,dd,blockquote";
  const HTML = /<\/?[a-zA-Z][^<>]*>|&[a-zA-Z]+;|&#\d+;/;

  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const make = (name, values = {}, ...children) => {
    const element = document.createElement(name);
    Object.entries(values).forEach(([key, value]) =>
      key in element ? (element[key] = value) : element.setAttribute(key, value));
    element.append(...children);
    return element;
  };

  /* As the server takes plain text: paragraphs divided by empty lines. */
  const asHtml = (text) => {
    const value = text.replace(/\r\n?/g, "\n").trim();
    if (!value || HTML.test(value)) return value;
    return value.split(/\n\s*\n/).map((p) => `<p>${escaped(p.trim()).replace(/\n/g, "<br>")}</p>`).join("\n");
  };

  /* Before editing: what the editor's document cannot tell apart is written into attributes. */
  function unfold(html) {
    const body = parse(html);
    body.querySelectorAll(HOLDS_BARE).forEach((holder) => {
      holder.querySelectorAll(":scope > p").forEach((p) => p.setAttribute("data-kept", ""));
    });
    body.querySelectorAll("table").forEach((table) => {
      const caption = table.querySelector(":scope > caption"), head = table.querySelector(":scope > thead");
      table.setAttribute("data-caption", caption?.innerHTML || "");
      table.setAttribute("data-head", head ? head.rows.length : 0);
      caption?.remove();
    });
    body.querySelectorAll("figure").forEach((figure) => {
      if (!figure.querySelector("figcaption")) figure.append(make("figcaption"));
    });
    return body.innerHTML;
  }

  /* After editing: the HTML that is stored. */
  function fold(html) {
    const body = parse(html);
    body.querySelectorAll(HOLDS_BARE).forEach((holder) => {
      const children = [...holder.children], first = children[0];
      const bare = first?.matches("p:not([data-kept])") && first.attributes.length === 0
        && children.slice(1).every((child) => child.matches("ul,ol"));
      if (bare && !(holder.matches("blockquote"))) first.replaceWith(...first.childNodes);
    });
    body.querySelectorAll("[data-kept]").forEach((p) => p.removeAttribute("data-kept"));
    body.querySelectorAll("table").forEach((table) => {
      const rows = [...table.rows], count = Number(table.getAttribute("data-head")) || 0;
      const caption = table.getAttribute("data-caption");
      const [head, rest] = [rows.slice(0, count), rows.slice(count)];
      table.replaceChildren();
      table.removeAttribute("data-head");
      table.removeAttribute("data-caption");
      if (caption) table.append(Object.assign(make("caption"), { innerHTML: caption }));
      if (head.length) table.append(make("thead", {}, ...head));
      if (rest.length) table.append(make("tbody", {}, ...rest));
      table.querySelectorAll("[colspan='1'],[rowspan='1']").forEach((cell) => {
        ["colspan", "rowspan"].forEach((name) => cell.getAttribute(name) === "1" && cell.removeAttribute(name));
      });
    });
    body.querySelectorAll("figure img").forEach((image) => image.remove());
    body.querySelectorAll("figcaption").forEach((caption) => caption.textContent.trim() || caption.remove());
    body.querySelectorAll("[class],[style]").forEach((element) => {
      element.removeAttribute("class");
      element.removeAttribute("style");
    });
    if (body.children.length === 1 && body.textContent === "" && body.querySelector("p:only-child")) return "";
    return [...body.childNodes].map((node) => node.outerHTML ?? escaped(node.textContent)).join("\n");
  }

  /* Two texts are the same when these are: only white space between blocks, and synonyms, may differ. */
  function normal(html) {
    const body = parse(html);
    body.querySelectorAll("b,i").forEach((mark) => {
      const same = make(mark.matches("b") ? "strong" : "em");
      same.append(...mark.childNodes);
      mark.replaceWith(same);
    });
    const write = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[ \t\n]+/g, " "));
      if (node.nodeType !== Node.ELEMENT_NODE) return "";
      const name = node.localName;
      const attributes = [...node.attributes].filter((a) => a.name !== "rel").map((a) => ` ${a.name}="${a.value}"`).sort();
      return `<${name}${attributes.join("")}>${[...node.childNodes].map(write).join("")}</${name}>`;
    };
    const space = new RegExp(`\\s*(</?(?:${BLOCKS.replace(/,/g, "|")}|br)(?: [^>]*)?>)\\s*`, "g");
    return write(body).replace(space, "$1").replace(/<br><\/br>/g, "<br>");
  }

  /* What word processors put on the clipboard, without their own markup. */
  function cleanPasted(html) {
    if (html.includes("data-pm-slice")) return html;
    // Styles would count as inline styles of this page; what they say is read from another attribute.
    const renamed = html.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son([a-z]+)\s*=/gi, " data-on-$1="));
    const body = parse(renamed);
    const comments = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT), old = [];
    while (comments.nextNode()) old.push(comments.currentNode);
    old.forEach((comment) => comment.remove());
    body.querySelectorAll("style,script,meta,link,title,xml,img,svg,object,iframe").forEach((element) => element.remove());
    body.querySelectorAll("*").forEach((element) => {
      if (element.localName.includes(":")) element.replaceWith(...element.childNodes);
    });
    let list = null;
    body.querySelectorAll("p").forEach((p) => {
      const style = p.getAttribute("data-style") || "";
      if (!/mso-list:/i.test(style) && !/MsoListParagraph/.test(p.className)) {
        list = null;
        return;
      }
      const marker = [...p.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(span.getAttribute("data-style") || ""));
      const sign = (marker?.textContent || p.textContent).trim();
      marker?.remove();
      if (!marker) p.innerHTML = p.innerHTML.replace(/^(\s|&nbsp;)*([·•o§-]|\d+[.)])(\s|&nbsp;)+/, "");
      const name = /^\(?(\d+|[a-z])[.)]/i.test(sign) ? "ol" : "ul";
      if (!list || list.localName !== name || list.nextElementSibling !== p) {
        list = make(name);
        p.before(list);
      }
      const item = make("li");
      item.append(...p.childNodes);
      list.append(item);
      p.remove();
    });
    body.querySelectorAll("h1,h5,h6").forEach((heading) => {
      const same = make(heading.matches("h1") ? "h2" : "h4");
      same.append(...heading.childNodes);
      heading.replaceWith(same);
    });
    body.querySelectorAll("a").forEach((link) => {
      if (!link.getAttribute("href") || /^#/.test(link.getAttribute("href"))) link.replaceWith(...link.childNodes);
    });
    body.querySelectorAll("p,div").forEach((p) => {
      if (!p.textContent.replace(/\u00a0/g, " ").trim() && !p.querySelector("br,table,ul,ol")) p.remove();
    });
    [[/font-weight:\s*(bold|[6-9]00)/i, "strong"], [/font-style:\s*italic/i, "em"]].forEach(([said, tag]) =>
      body.querySelectorAll("span[data-style]").forEach((span) => {
        if (!said.test(span.getAttribute("data-style"))) return;
        const mark = make(tag);
        mark.append(...span.childNodes);
        span.append(mark);
      }));
    body.querySelectorAll("*").forEach((element) => {
      [...element.attributes].forEach(({ name }) => {
        if (!["href", "colspan", "rowspan", "title", "start"].includes(name)) element.removeAttribute(name);
      });
    });
    return body.innerHTML.replace(/\u00a0/g, " ").replace(/\s*\n\s*/g, " ");
  }

  function extensions(tiptap, config) {
    const { Node: Block, Mark, Extension, mergeAttributes } = tiptap;
    const plain = (names) => Object.fromEntries(names.map((name) => [name, {
      default: null,
      parseHTML: (element) => element.getAttribute(name),
      renderHTML: (attributes) => (attributes[name] === null || attributes[name] === undefined ? {} : { [name]: attributes[name] }),
    }]));
    const own = (tag) => config.allowed.attributes[tag] || [];
    const simple = MARKS.map((tag) => Mark.create({
      name: tag, excludes: "", parseHTML: () => [{ tag }], renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    }));
    const abbr = Mark.create({
      name: "abbr", inclusive: false, addAttributes: () => plain(own("abbr")),
      parseHTML: () => [{ tag: "abbr" }], renderHTML: ({ HTMLAttributes }) => ["abbr", HTMLAttributes, 0],
    });
    const link = Mark.create({
      name: "link", inclusive: false, priority: 1000, addAttributes: () => plain(own("a")),
      parseHTML: () => [{ tag: "a[href]", getAttrs: (a) => (safe(a.getAttribute("href"), config) ? null : false) }],
      renderHTML({ HTMLAttributes: values }) {
        const lost = config.lost.includes(Number(values["data-item"]));
        return ["a", lost ? mergeAttributes(values, { class: "link-lost" }) : values, 0];
      },
    });
    const figure = Block.create({
      name: "figure", group: "block", content: "inline*", isolating: true, defining: true,
      addAttributes: () => plain(own("figure")),
      parseHTML: () => [{ tag: "figure[data-image]", contentElement: "figcaption" }],
      renderHTML({ HTMLAttributes: values }) {
        const known = config.images[values["data-image"]] || {};
        const address = known.thumbnail || config.image.replace("/0/", `/${Number(values["data-image"])}/`);
        return ["figure", values, ["img", { src: address, alt: known.alt || "", contenteditable: "false" }], ["figcaption", 0]];
      },
      addKeyboardShortcuts() {
        return {
          Enter: () => this.editor.isActive("figure") && this.editor.chain().insertContentAt(
            this.editor.state.selection.$from.after(), { type: "paragraph" }).focus(this.editor.state.selection.$from.after() + 1).run(),
          Backspace: () => {
            const { empty, $from } = this.editor.state.selection;
            return this.editor.isActive("figure") && empty && $from.parent.content.size === 0
              && this.editor.commands.deleteNode("figure");
          },
        };
      },
    });
    const pre = Block.create({
      name: "pre", group: "block", content: "text*", marks: "", code: true, defining: true,
      parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }], renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, 0],
    });
    const list = (name, content, tag) => Block.create({
      name, content, ...(name === "dl" ? { group: "block" } : { defining: true }),
      parseHTML: () => [{ tag }], renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    });
    const Paragraph = tiptap.Paragraph.extend({
      addAttributes: () => ({ kept: {
        default: false, keepOnSplit: false, parseHTML: (p) => p.hasAttribute("data-kept"),
        renderHTML: ({ kept }) => (kept ? { "data-kept": "" } : {}),
      } }),
    });
    const Table = tiptap.Table.extend({
      addAttributes: () => ({
        caption: { default: "", parseHTML: (t) => t.getAttribute("data-caption") || "", renderHTML: ({ caption }) => ({ "data-caption": caption }) },
        head: { default: 0, parseHTML: (t) => Number(t.getAttribute("data-head")) || 0, renderHTML: ({ head }) => ({ "data-head": head }) },
      }),
      renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
      addNodeView: null,
    }).configure({ resizable: false });
    const cell = (Cell, tag) => Cell.extend({
      addAttributes: () => ({
        colspan: { default: 1, parseHTML: (c) => Number(c.getAttribute("colspan")) || 1 },
        rowspan: { default: 1, parseHTML: (c) => Number(c.getAttribute("rowspan")) || 1 },
        colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
        ...plain(own(tag).filter((name) => !["colspan", "rowspan"].includes(name))),
      }),
      renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
    });
    const row = tiptap.TableRow.extend({ renderHTML: ({ HTMLAttributes }) => ["tr", HTMLAttributes, 0] });
    const Ordered = tiptap.OrderedList.extend({
      addAttributes: () => plain(own("ol")),
      renderHTML: ({ HTMLAttributes }) => ["ol", HTMLAttributes, 0],
    });
    const Quote = tiptap.Blockquote.extend({
      addAttributes: () => plain(own("blockquote")), renderHTML: ({ HTMLAttributes }) => ["blockquote", HTMLAttributes, 0],
    });
    const parts = [
      tiptap.Document, tiptap.Text, Paragraph, tiptap.Heading.configure({ levels: [2, 3, 4] }), tiptap.Bold, tiptap.Italic,
      tiptap.BulletList, Ordered, tiptap.ListItem, Quote, tiptap.HardBreak, tiptap.HorizontalRule, tiptap.History,
      Table, row, cell(tiptap.TableHeader, "th"), cell(tiptap.TableCell, "td"), link, abbr, figure, pre,
      list("dl", "(dt|dd)+", "dl"), list("dt", "inline*", "dt"), list("dd", "block+", "dd"), ...simple,
      tiptap.Dropcursor.configure({ class: "drop-cursor" }), tiptap.Gapcursor,
    ];
    const named = parts.filter((part) => part.type !== "extension" && !["doc", "text", "hardBreak", "horizontalRule"].includes(part.name));
    const everywhere = Extension.create({
      name: "everywhere",
      addGlobalAttributes: () => [{ types: named.map((part) => part.name), attributes: plain(own("*")) }],
    });
    return [...parts, everywhere];
  }

  const safe = (href, config) => {
    const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(href || "");
    return Boolean(href) && (!scheme || config.allowed.schemes.includes(scheme[1].toLowerCase()));
  };

  const BUTTONS = [
    ["paragraph", "¶", (c) => c.setParagraph()], ["h2", "H2", (c) => c.toggleHeading({ level: 2 })],
    ["h3", "H3", (c) => c.toggleHeading({ level: 3 })], ["h4", "H4", (c) => c.toggleHeading({ level: 4 })], null,
    ["bold", "B", (c) => c.toggleBold()], ["italic", "I", (c) => c.toggleItalic()], ["link", "Link"], ["abbr", "Abbr."], null,
    ["bulletList", "•", (c) => c.toggleBulletList()], ["orderedList", "1.", (c) => c.toggleOrderedList()],
    ["blockquote", "“ ”", (c) => c.toggleBlockquote()], ["image", "Image"],
    ["table", "Table", (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).updateAttributes("table", { head: 1 })], null,
    ["undo", "↶", (c) => c.undo()], ["redo", "↷", (c) => c.redo()], ["html", "HTML"],
  ];
  const TABLE_BUTTONS = [
    ["rowAfter", (c) => c.addRowAfter()], ["columnAfter", (c) => c.addColumnAfter()], ["deleteRow", (c) => c.deleteRow()],
    ["deleteColumn", (c) => c.deleteColumn()], ["headerRow", null], ["caption", null], ["deleteTable", (c) => c.deleteTable()],
  ];

  /* A small dialog with one question. */
  function ask(dialog, question, value, done) {
    dialog.querySelector("[data-question]").textContent = question;
    const answer = dialog.querySelector("[data-answer]");
    answer.value = value;
    dialog.querySelector("[data-apply]").onclick = () => {
      dialog.close();
      done(answer.value.trim());
    };
    dialog.showModal();
    answer.focus();
  }

  function linkDialog(dialog, editor, config) {
    const find = (part) => dialog.querySelector(`[data-${part}]`);
    const [words, results, address, error] = ["find-item", "results", "address", "error"].map(find);
    let waiting, asked = 0;
    const set = (values) => {
      dialog.close();
      const { empty } = editor.state.selection;
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!values) chain.unsetMark("link").run();
      else if (empty && !editor.isActive("link")) {
        chain.insertContent({ type: "text", text: values.words, marks: [{ type: "link", attrs: values.attrs }] }).run();
      } else chain.unsetMark("link").setMark("link", values.attrs).run();
    };
    const entry = (item) => {
      const button = make("button", { type: "button" }, item.title, make("small", {}, ` ${item.language.toUpperCase()}, ${item.state}, ${item.id}`));
      button.addEventListener("click", () => {
        config.lost = config.lost.filter((number) => number !== item.id).concat(item.is_readable ? [] : [item.id]);
        set({ words: item.title, attrs: { href: item.url, "data-item": String(item.id) } });
      });
      return make("li", {}, button);
    };
    const search = async () => {
      const mine = ++asked;
      let shown = [];
      try {
        const found = await (await fetch(`${dialog.dataset.links}?${new URLSearchParams({ find: words.value })}`)).json();
        shown = found.items.map(entry);
        if (!shown.length && words.value.trim()) shown = [make("li", {}, config.labels.nothing)];
      } catch {
        shown = [make("li", {}, config.labels.failed)];
      }
      if (mine === asked) results.replaceChildren(...shown);
    };
    words.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 200);
    });
    find("apply").addEventListener("click", () => {
      let href = address.value.trim();
      if (/^www\./i.test(href)) href = `https://${href}`;
      // An address of this site is a link to the item, which survives another title.
      const path = href.startsWith(window.location.origin) ? href.slice(window.location.origin.length) : href;
      const item = /^(?:\/[a-z]{2})?\/news\/([0-9]+)\//.exec(path);
      error.hidden = Boolean(item) || (safe(href, config) && /^([a-z]+:|\/)/i.test(href));
      error.textContent = config.labels.address;
      if (error.hidden) set({ words: href, attrs: item ? { href: path, "data-item": item[1] } : { href, "data-item": null } });
      else address.focus();
    });
    find("remove").addEventListener("click", () => set(null));
    return () => {
      const { href, "data-item": item } = editor.getAttributes("link");
      address.value = href || "";
      words.value = item || "";
      results.replaceChildren();
      error.hidden = true;
      find("remove").hidden = !editor.isActive("link");
      dialog.showModal();
      (href && !item ? address : words).focus();
      if (item) search();
    };
  }

  async function start(textarea) {
    const config = JSON.parse(textarea.dataset.bodyEditor), labels = config.labels;
    const tiptap = await import(config.editor);
    const field = textarea.closest("[data-body-field]");
    const dialogs = ["[data-links]", "[data-ask]"].map((name) => field.querySelector(name));
    dialogs.forEach((dialog) => {
      document.body.append(dialog); // outside the form, whose Enter key saves
      dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
      dialog.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target.localName !== "input" || event.target.type === "search") return;
        event.preventDefault();
        dialog.querySelector("[data-apply]").click();
      });
    });
    const label = document.querySelector(`label[for="${textarea.id}"]`);
    const described = textarea.getAttribute("aria-describedby");
    const page = make("div", { className: "body-page" }), bar = make("div", { className: "body-tools" });
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", labels.toolbar);
    const tableBar = make("div", { className: "body-tools", hidden: true });
    tableBar.setAttribute("role", "toolbar");
    tableBar.setAttribute("aria-label", labels.table);
    const notice = make("p", { className: "body-notice help", hidden: true });
    notice.setAttribute("role", "status");
    textarea.before(bar, tableBar, notice, page);

    let writing = false, isHtml = false;
    const editor = new tiptap.Editor({
      element: page,
      injectCSS: false, // the policy forbids it; editor.css has the rules
      extensions: extensions(tiptap, config),
      content: unfold(asHtml(textarea.value)),
      editorProps: {
        attributes: {
          role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.replace(/:$/, "") || "Text",
          ...(described ? { "aria-describedby": described } : {}),
        },
        transformPastedHTML: cleanPasted,
      },
      onUpdate() {
        writing = true;
        textarea.value = fold(editor.getHTML());
        textarea.dispatchEvent(new Event("input", { bubbles: true }));
        textarea.dispatchEvent(new Event("change", { bubbles: true }));
        writing = false;
      },
    });
    textarea.deskEditor = editor;

    const keeps = () => normal(fold(editor.getHTML())) === normal(asHtml(textarea.value));
    const load = () => {
      editor.commands.setContent(unfold(asHtml(textarea.value)), { emitUpdate: false });
      return keeps();
    };
    const showHtml = (on, why = "") => {
      isHtml = on;
      page.hidden = on;
      textarea.classList.toggle("body-source", !on);
      textarea.tabIndex = on ? 0 : -1;
      textarea.setAttribute("aria-hidden", String(!on));
      notice.textContent = why;
      notice.hidden = !why;
      refresh();
    };
    // Somebody else's script put a text into the field: what was kept of an unsaved one, for instance.
    textarea.addEventListener("input", () => {
      if (!writing && !isHtml) showHtml(!load(), keeps() ? "" : labels.kept);
    });
    textarea.addEventListener("focus", () => isHtml || editor.commands.focus());

    const openLink = linkDialog(dialogs[0], editor, config);
    const actions = {
      link: openLink,
      image: () => window.deskLibrary.open((image) => {
        config.images[image.id] = image;
        editor.chain().focus().insertContent({ type: "figure", attrs: { "data-image": String(image.id) } }).run();
      }),
      abbr: () => ask(dialogs[1], labels.meaning, editor.getAttributes("abbr").title || "", (title) => {
        const chain = editor.chain().focus().extendMarkRange("abbr");
        if (title) chain.setMark("abbr", { title }).run();
        else chain.unsetMark("abbr").run();
      }),
      html: () => {
        if (!isHtml) {
          showHtml(true);
          textarea.focus();
        } else if (load()) {
          showHtml(false);
          editor.commands.focus();
        } else showHtml(true, labels.kept);
      },
      caption: () => ask(dialogs[1], labels.caption, parse(editor.getAttributes("table").caption || "").textContent, (caption) =>
        editor.chain().focus().updateAttributes("table", { caption: escaped(caption) }).run()),
      headerRow: () => {
        const head = editor.getAttributes("table").head ? 0 : 1;
        editor.chain().focus().toggleHeaderRow().updateAttributes("table", { head }).run();
      },
    };
    const button = (name, sign, act) => {
      const made = make("button", { type: "button", title: labels[name] }, sign);
      made.setAttribute("aria-label", labels[name]);
      made.dataset.tool = name;
      made.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection
      made.addEventListener("click", () => (actions[name] ? actions[name]() : act(editor.chain().focus()).run()));
      return made;
    };
    bar.append(...BUTTONS.map((tool) => (tool ? button(...tool) : make("span", { className: "tools-gap" }))));
    tableBar.append(...TABLE_BUTTONS.map(([name, act]) => button(name, labels[name], act)));

    [bar, tableBar].forEach((tools) => {
      const all = () => [...tools.querySelectorAll("button:not([disabled])")];
      tools.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const buttons = all(), at = buttons.indexOf(document.activeElement);
        const next = event.key === "Home" ? buttons[0] : event.key === "End" ? buttons.at(-1)
          : step ? buttons[(at + step + buttons.length) % buttons.length] : null;
        if (!next) return;
        event.preventDefault();
        next.focus();
      });
      // One stop of the Tab key for all tools: the one that had the focus last.
      tools.addEventListener("focusin", (event) => [...tools.querySelectorAll("button")].forEach((one) =>
        (one.tabIndex = one === event.target ? 0 : -1)));
    });
    const ACTIVE = { paragraph: ["paragraph"], h2: ["heading", { level: 2 }], h3: ["heading", { level: 3 }], h4: ["heading", { level: 4 }] };
    const TOGGLES = ["paragraph", "h2", "h3", "h4", "bold", "italic", "link", "abbr", "bulletList", "orderedList", "blockquote"];
    function refresh() {
      bar.querySelectorAll("button").forEach((one) => {
        const name = one.dataset.tool;
        if (TOGGLES.includes(name)) one.setAttribute("aria-pressed", String(editor.isActive(...(ACTIVE[name] || [name]))));
        if (name === "html") one.setAttribute("aria-pressed", String(isHtml));
        else one.disabled = isHtml || (name === "undo" && !editor.can().undo()) || (name === "redo" && !editor.can().redo());
      });
      const enabled = [...bar.querySelectorAll("button:not([disabled])")];
      if (!enabled.some((one) => one.tabIndex === 0)) enabled.forEach((one, at) => (one.tabIndex = at ? -1 : 0));
      tableBar.hidden = isHtml || !editor.isActive("table");
    }
    editor.on("transaction", refresh);
    page.addEventListener("mouseover", (event) => {
      const lost = event.target.closest(".link-lost");
      if (lost) lost.title = labels.lost;
    });
    page.addEventListener("keydown", (event) => {
      if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        openLink();
      }
      if (event.key === "F10" && event.altKey) {
        event.preventDefault();
        bar.querySelector('button[tabindex="0"]')?.focus();
      }
    });
    [...bar.querySelectorAll("button")].forEach((one, at) => (one.tabIndex = at ? -1 : 0));
    [...tableBar.querySelectorAll("button")].forEach((one, at) => (one.tabIndex = at ? -1 : 0));
    const whole = keeps();
    showHtml(!whole, whole ? "" : labels.kept);
    textarea.dispatchEvent(new CustomEvent("desk:editor", { bubbles: true }));
  }

  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("textarea[data-body-editor]").forEach((textarea) => start(textarea)));
})();
