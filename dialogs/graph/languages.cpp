// The two languages of pictures. Every text of an operator is inside quotes here, so what could end
// them is spelt another way: a message may hold anything.

#include "dialogs/graph/picture.hpp"
#include "dialogs/wording/text.hpp"

#include <map>

namespace tertulia::dialogs {
namespace {

constexpr std::size_t text_units_max = 60;

// On one line, cut.
std::string short_text(const std::string& text) {
    std::string line;
    for (const char one : text) {
        const bool blank = static_cast<unsigned char>(one) < 0x20;
        if (!blank) line += one;
        if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    return truncate_utf16(line, text_units_max);
}

// Mermaid reads #name; and #number; inside quotes, and HTML.
std::string for_mermaid(const std::string& text) {
    std::string out;
    for (const char one : text) {
        switch (one) {
            case '"':
                out += "#quot;";
                break;
            case '#':
                out += "#35;";
                break;
            case '&':
                out += "#amp;";
                break;
            case '<':
                out += "#lt;";
                break;
            case '>':
                out += "#gt;";
                break;
            case '`':
                out += "#96;";
                break;
            case '\\':
                out += "#92;";
                break;
            default:
                out += one;
        }
    }
    return out;
}

// Graphviz knows HTML entities in labels, so '&' is one of what must be spelt.
std::string for_dot(const std::string& text) {
    std::string out;
    for (const char one : text) {
        switch (one) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '&':
                out += "&amp;";
                break;
            default:
                out += one;
        }
    }
    return out;
}

// The lines of a state's box.
std::vector<std::string> lines_of(const picture_state& of) {
    std::vector<std::string> lines{of.name};
    if (!of.verb.empty()) lines[0] += " (" + of.verb + ")";
    if (!of.text.empty()) lines.push_back(short_text(of.text));
    if (!of.count.empty()) lines.push_back(of.count);
    return lines;
}

std::string label_of(const picture_way& of) {
    if (of.count.empty()) return of.name;
    return of.name.empty() ? of.count : of.name + ": " + of.count;
}

template <class Escape>
std::string joined(const std::vector<std::string>& lines, const char* between, Escape escape) {
    std::string out;
    for (const auto& line : lines) {
        if (!out.empty()) out += between;
        out += escape(line);
    }
    return out;
}

// Mermaid's own words must not be ids, nor may points: every box is a number.
class numbers {
public:
    std::string of(const std::string& id) {
        return "s" + std::to_string(all_.try_emplace(id, all_.size()).first->second);
    }

private:
    std::map<std::string, std::size_t> all_{};
};

}  // namespace

std::string to_mermaid(const picture& of) {
    numbers ids;
    std::string out = "flowchart TD\n";
    const auto box = [&](const picture_state& at, const char* open, const char* close) {
        return ids.of(at.id) + open + '"' + joined(lines_of(at), "<br/>", for_mermaid) + '"' +
               close + '\n';
    };
    for (std::size_t i = 0; i < of.dialogs.size(); ++i) {
        const auto& dialog = of.dialogs[i];
        out += "    subgraph d" + std::to_string(i) + "[\"" + for_mermaid(dialog.name) + "\"]\n";
        for (const auto& at : dialog.states) out += "        " + box(at, "[", "]");
        out += "    end\n";
    }
    for (const auto& at : of.outside) out += "    " + box(at, "([", "])");
    for (const auto& way : of.ways) {
        const auto label = label_of(way);
        out += "    " + ids.of(way.from) + " -->";
        if (!label.empty()) out += "|\"" + for_mermaid(label) + "\"|";
        out += " " + ids.of(way.to) + '\n';
    }
    return out;
}

std::string to_dot(const picture& of) {
    const auto quoted = [](const std::string& text) { return '"' + for_dot(text) + '"'; };
    std::string out =
        "digraph dialogs {\n"
        "    graph [charset=\"UTF-8\", fontname=\"sans-serif\"]\n"
        "    node [shape=box, style=rounded, fontname=\"sans-serif\"]\n"
        "    edge [fontname=\"sans-serif\", fontsize=10]\n";
    for (const auto& dialog : of.dialogs) {
        out += "    subgraph " + quoted("cluster_" + dialog.name) +
               " {\n        label=" + quoted(dialog.name) + '\n';
        for (const auto& at : dialog.states) {
            out += "        " + quoted(at.id) + " [label=\"" +
                   joined(lines_of(at), "\\n", for_dot) + "\"]\n";
        }
        out += "    }\n";
    }
    for (const auto& at : of.outside) {
        out += "    " + quoted(at.id) + " [shape=oval, label=" + quoted(at.name) + "]\n";
    }
    for (const auto& way : of.ways) {
        out += "    " + quoted(way.from) + " -> " + quoted(way.to);
        if (const auto label = label_of(way); !label.empty())
            out += " [label=" + quoted(label) + "]";
        out += '\n';
    }
    return out + "}\n";
}

}  // namespace tertulia::dialogs
