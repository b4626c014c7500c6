// How a pattern is read and checked; message_pattern.cpp says it.

#include "dialogs/wording/message_pattern.hpp"

#include <unicode/messagepattern.h>
#include <unicode/parseerr.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

std::string utf8_text(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

bool is_name_unit(char16_t c) noexcept {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c == u'_';
}

// ICU takes no dots in argument names. A middle dot it takes; positions stay what they are, and
// literal text is cut from the original.
icu::UnicodeString with_middle_dots(const icu::UnicodeString& text) {
    auto out = text;
    for (int32_t i = 1; i + 1 < out.length(); ++i) {
        if (text[i] == u'.' && is_name_unit(text[i - 1]) && is_name_unit(text[i + 1])) {
            out.setCharAt(i, u'·');
        }
    }
    return out;
}

std::string reason(UErrorCode status) {
    switch (status) {
        case U_UNMATCHED_BRACES:
            return "a brace is missing: every { needs its }";
        case U_DEFAULT_KEYWORD_MISSING:
            return "plural and select need an 'other {…}'";
        case U_INDEX_OUTOFBOUNDS_ERROR:
            return "the name or number is too long";
        default:
            return "this is not the form {path}, {path, style} or {path, plural, other {…}}";
    }
}

constexpr auto plural_words = std::to_array<std::pair<std::string_view, plural_category>>({
    {"zero", plural_category::zero},
    {"one", plural_category::one},
    {"two", plural_category::two},
    {"few", plural_category::few},
    {"many", plural_category::many},
    {"other", plural_category::other},
});

std::string_view type_word(fact_type of) {
    switch (of) {
        case fact_type::nothing:
            return "nothing";
        case fact_type::boolean:
            return "yes or no";
        case fact_type::number:
            return "a number";
        case fact_type::text:
            return "text";
        case fact_type::money:
            return "money";
        case fact_type::date:
            return "a date";
        case fact_type::moment:
            return "a moment";
        case fact_type::list:
            return "a list";
    }
    return "nothing";
}

}  // namespace

class message_pattern::compiler {
public:
    compiler(
        std::string_view text,
        std::span<const fact_field> schema,
        std::vector<pattern_problem>& problems
    )
        : text_{icu::UnicodeString::fromUTF8(
              icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))
          )},
          schema_{schema},
          problems_{problems} {}

    message_pattern run() {
        UErrorCode status = U_ZERO_ERROR;
        UParseError where{};
        parsed_.parse(with_middle_dots(text_), &where, status);
        if (U_FAILURE(status)) {
            const auto at = status == U_UNMATCHED_BRACES ? unmatched_brace() : where.offset;
            report(at, at + 1, reason(status));
            return {};
        }
        message_pattern made;
        made.pieces_ = message(0);
        made.paths_.assign(paths_.begin(), paths_.end());
        made.needed_.assign(needed_.begin(), needed_.end());
        return made;
    }

private:
    using part = icu::MessagePattern::Part;

    // Bytes from the beginning of the pattern to a UTF-16 index.
    std::size_t bytes_to(int32_t unit) const {
        return utf8_text(text_.tempSubStringBetween(0, std::clamp(unit, 0, text_.length()))).size();
    }

    void report(
        int32_t from,
        int32_t to,
        std::string what,
        std::string word = {},
        std::vector<std::string> candidates = {}
    ) {
        const auto offset = bytes_to(from);
        problems_.push_back(
            {.offset = offset,
             .length = std::max<std::size_t>(bytes_to(to), offset + 1) - offset,
             .what = std::move(what),
             .word = std::move(word),
             .candidates = std::move(candidates)}
        );
    }
    void report(const part& at, std::string what, std::vector<std::string> candidates = {}) {
        auto from = at.getIndex();
        auto to = at.getLimit();
        while (from < to && text_[from] <= u' ') ++from;  // a form keeps the blanks around it
        while (from < to && text_[to - 1] <= u' ') --to;
        report(from, to, std::move(what), words(at), std::move(candidates));
    }

    // As written, with its dots.
    std::string words(const part& of) const {
        auto piece = text_.tempSubStringBetween(of.getIndex(), of.getLimit());
        return utf8_text(piece.trim());
    }

    // ICU says only that one is missing: the innermost { that stays open is what she must look at.
    int32_t unmatched_brace() const {
        std::vector<int32_t> open;
        for (int32_t i = 0; i < text_.length(); ++i) {
            if (text_[i] == u'{') open.push_back(i);
            if (text_[i] == u'}') {
                if (open.empty()) return i;
                open.pop_back();
            }
        }
        return open.empty() ? 0 : open.back();
    }

    static void add_literal(std::vector<piece>& to, const icu::UnicodeString& text) {
        if (text.isEmpty()) return;
        if (to.empty() || to.back().kind != piece_kind::literal) {
            to.push_back({.kind = piece_kind::literal});
        }
        to.back().literal += utf8_text(text);
    }

    // The message whose MSG_START is part `start`.
    std::vector<piece> message(int32_t start) {
        std::vector<piece> pieces;
        auto from = parsed_.getPart(start).getLimit();
        for (auto i = start + 1;; ++i) {
            const auto& at = parsed_.getPart(i);
            add_literal(pieces, text_.tempSubStringBetween(from, at.getIndex()));
            from = at.getLimit();
            switch (at.getType()) {
                case UMSGPAT_PART_TYPE_MSG_LIMIT:
                    return pieces;
                case UMSGPAT_PART_TYPE_SKIP_SYNTAX:
                    check_quote(at);
                    break;
                case UMSGPAT_PART_TYPE_REPLACE_NUMBER:
                    pieces.push_back({.kind = piece_kind::count});
                    break;
                case UMSGPAT_PART_TYPE_ARG_START: {
                    pieces.push_back(argument(i));
                    i = parsed_.getLimitPartIndex(i);
                    from = parsed_.getPart(i).getLimit();
                    break;
                }
                default:
                    break;
            }
        }
    }

    // "l'{group.name}" quotes the braces in ICU: always a slip, and in French an easy one.
    void check_quote(const part& at) {
        const auto next = at.getLimit();
        if (next + 1 < text_.length() && text_[next] == u'{' && text_[next + 1] != u'\'') {
            report(
                at.getIndex(),
                next + 1,
                "an apostrophe before { turns the braces into plain text: write '' or ’"
            );
        }
    }

    // The field named by the part, or null with a problem reported.
    const fact_field* field(const part& name, bool has_words_without) {
        const auto path = words(name);
        const auto found = std::find_if(schema_.begin(), schema_.end(), [&](const auto& each) {
            return each.path == path;
        });
        if (found != schema_.end()) {
            const auto index = static_cast<std::size_t>(found - schema_.begin());
            paths_.insert(index);
            const bool handled =
                std::find(handled_.begin(), handled_.end(), path) != handled_.end();
            if (!handled && !has_words_without) needed_.insert(index);
            return &*found;
        }
        std::vector<std::string> candidates;
        for (const auto& each : schema_) candidates.emplace_back(each.path);
        report(name, "there is no fact called '" + path + "'", std::move(candidates));
        return nullptr;
    }

    piece argument(int32_t start) {
        const auto type = parsed_.getPart(start).getArgType();
        const auto& name = parsed_.getPart(start + 1);
        const bool selects = type == UMSGPAT_ARG_TYPE_SELECT;
        piece made{.kind = piece_kind::plain, .fact = field(name, selects)};
        const bool handles = selects && says_missing(start);
        if (handles) handled_.push_back(words(name));
        switch (type) {
            case UMSGPAT_ARG_TYPE_NONE:
                plain(made, name);
                break;
            case UMSGPAT_ARG_TYPE_SIMPLE:
                styled(made, start + 2);
                break;
            case UMSGPAT_ARG_TYPE_CHOICE:
                report(name, "'choice' is not known: use plural or select");
                break;
            case UMSGPAT_ARG_TYPE_PLURAL:
                branched(made, start, piece_kind::plural);
                break;
            case UMSGPAT_ARG_TYPE_SELECTORDINAL:
                branched(made, start, piece_kind::ordinal);
                break;
            case UMSGPAT_ARG_TYPE_SELECT:
                branched(made, start, piece_kind::select);
                break;
        }
        if (handles) handled_.pop_back();
        return made;
    }

    // Whether the select that begins there has a branch for a fact that is missing.
    bool says_missing(int32_t start) const {
        const auto limit = parsed_.getLimitPartIndex(start);
        for (auto at = start + 2; at < limit; at = parsed_.getLimitPartIndex(at + 1) + 1) {
            if (words(parsed_.getPart(at)) == "missing") return true;
        }
        return false;
    }

    void plain(piece& made, const part& name) {
        if (made.fact == nullptr) return;
        if (made.fact->type == fact_type::boolean) {
            report(
                name,
                "'" + words(name) + "' is yes or no: say it with {" + words(name) +
                    ", select, true {…} other {…}}"
            );
        }
        if (made.fact->type == fact_type::moment) made.form = date_form::short_;
    }

    // {path, style} and {path, style, form}; `type` is the part that names the style.
    void styled(piece& made, int32_t type) {
        const auto& style = parsed_.getPart(type);
        const auto word = words(style);
        if (word == "money") {
            made.kind = piece_kind::money;
        } else if (word == "date") {
            made.kind = piece_kind::date;
            made.form = date_form::long_;
        } else if (word == "time") {
            made.kind = piece_kind::time;
            made.form = date_form::short_;
        } else if (word == "distance") {
            made.kind = piece_kind::distance;
        } else {
            report(
                style,
                "there is no style called '" + word + "'",
                {"money", "date", "time", "distance", "plural", "select", "selectordinal"}
            );
            return;
        }
        form(made, parsed_.getPart(type + 1));
        if (made.fact == nullptr) return;
        const auto is = made.fact->type;
        const bool fits = made.kind == piece_kind::money      ? is == fact_type::money
                          : made.kind == piece_kind::distance ? is == fact_type::number
                          : made.kind == piece_kind::date
                              ? is == fact_type::date || is == fact_type::moment
                              : is == fact_type::moment;
        if (!fits) {
            report(
                style,
                "the style '" + word + "' does not fit: '" + std::string{made.fact->path} +
                    "' is " + std::string{type_word(is)}
            );
        }
    }

    void form(piece& made, const part& at) {
        if (at.getType() != UMSGPAT_PART_TYPE_ARG_STYLE) return;
        const auto word = words(at);
        if (made.kind == piece_kind::money || made.kind == piece_kind::distance) {
            report(
                at,
                made.kind == piece_kind::money ? "the style 'money' has no forms"
                                               : "the style 'distance' has no forms"
            );
        } else if (word == "short") {
            made.form = date_form::short_;
        } else if (word == "long") {
            made.form = date_form::long_;
        } else if (word == "weekday") {
            made.form = date_form::weekday;
        } else {
            report(at, "there is no form called '" + word + "'", {"short", "long", "weekday"});
        }
    }

    // Plural, selectordinal and select: selector, optional number, message, again and again.
    void branched(piece& made, int32_t start, piece_kind kind) {
        made.kind = kind;
        check_branched(made, parsed_.getPart(start + 1));
        auto at = start + 2;
        if (kind != piece_kind::select) {
            made.offset = static_cast<std::int64_t>(parsed_.getPluralOffset(at));
            if (part::hasNumericValue(parsed_.getPart(at).getType())) ++at;
        }
        const auto limit = parsed_.getLimitPartIndex(start);
        while (at < limit) {
            const auto& selector = parsed_.getPart(at++);
            auto way = selected(selector, made, parsed_.getPart(at));
            if (way.exactly) ++at;
            way.body = message(at);
            at = parsed_.getLimitPartIndex(at) + 1;
            made.branches.push_back(std::move(way));
        }
        const auto other =
            std::find_if(made.branches.begin(), made.branches.end(), [](const branch& each) {
                return each.word == "other";
            });
        if (other != made.branches.end()) std::rotate(other, other + 1, made.branches.end());
    }

    void check_branched(const piece& made, const part& name) {
        if (made.fact == nullptr) return;
        const auto is = made.fact->type;
        const bool counts = is == fact_type::number;
        const bool names = is == fact_type::text || is == fact_type::boolean;
        if (made.kind == piece_kind::select ? names : counts) return;
        report(
            name,
            "'" + words(name) + "' is " + std::string{type_word(is)} + ": " +
                (made.kind == piece_kind::select ? "select needs text or yes and no"
                                                 : "plural needs a number")
        );
    }

    branch selected(const part& selector, const piece& made, const part& next) {
        branch way{.word = words(selector)};
        if (made.kind == piece_kind::select) {
            static constexpr auto known = std::to_array({"true", "false", "missing", "other"});
            const bool truth = made.fact != nullptr && made.fact->type == fact_type::boolean;
            if (truth && std::find(known.begin(), known.end(), way.word) == known.end()) {
                report(
                    selector,
                    "'" + std::string{made.fact->path} + "' is never '" + way.word + "'",
                    {known.begin(), known.end()}
                );
            }
            return way;
        }
        if (part::hasNumericValue(next.getType())) {
            way.exactly = static_cast<std::int64_t>(parsed_.getNumericValue(next));
            return way;
        }
        const auto found =
            std::find_if(plural_words.begin(), plural_words.end(), [&](const auto& each) {
                return each.first == way.word;
            });
        if (found == plural_words.end()) {
            std::vector<std::string> candidates;
            for (const auto& each : plural_words) candidates.emplace_back(each.first);
            report(
                selector,
                "a plural has no '" + way.word + "'; numbers are written =0",
                std::move(candidates)
            );
        } else {
            way.category = found->second;
        }
        return way;
    }

    icu::UnicodeString text_;
    UErrorCode made_{U_ZERO_ERROR};
    icu::MessagePattern parsed_{made_};
    std::span<const fact_field> schema_;
    std::vector<pattern_problem>& problems_;
    std::set<std::size_t> paths_{};
    std::set<std::size_t> needed_{};
    std::vector<std::string> handled_{};  // of the selects around that say what is missing
};

message_pattern message_pattern::compile(
    std::string_view text,
    std::span<const fact_field> schema,
    std::vector<pattern_problem>& problems
) {
    return compiler{text, schema, problems}.run();
}

}  // namespace tertulia::dialogs
