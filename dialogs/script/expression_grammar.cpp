#include "dialogs/script/expression_tree.hpp"

#include <tao/pegtl.hpp>
#include <tao/pegtl/must_if.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace tertulia::dialogs {
namespace {

namespace pegtl = tao::pegtl;
using node = expression::node;

namespace grammar {

using pegtl::ascii::one;
using pegtl::ascii::string;

struct gap : pegtl::star<pegtl::ascii::space> {};
struct word_character : pegtl::sor<pegtl::ascii::alnum, one<'_'>> {};
struct name : pegtl::seq<pegtl::sor<pegtl::ascii::alpha, one<'_'>>, pegtl::star<word_character>> {};
struct in_word : pegtl::seq<string<'i', 'n'>, pegtl::not_at<word_character>> {};

struct whole_number : pegtl::plus<pegtl::ascii::digit> {};
struct number : pegtl::seq<whole_number, pegtl::opt<one<'.'>, pegtl::plus<pegtl::ascii::digit>>> {};

template <char Quote>
struct quoted
    : pegtl::if_must<
          one<Quote>,
          pegtl::until<
              one<Quote>,
              pegtl::
                  sor<pegtl::seq<one<'\\'>, one<'\\', '\'', '"'>>, pegtl::not_one<'\\', '\n'>>>> {};
struct text : pegtl::sor<quoted<'\''>, quoted<'"'>> {};

struct conditional;
struct close_round : pegtl::seq<gap, one<')'>> {};
struct close_square : pegtl::seq<gap, one<']'>> {};
struct colon : pegtl::seq<gap, one<':'>> {};
struct comma : pegtl::seq<gap, one<','>> {};

// A rule with a message below raises wherever it fails: these two may fail, being tried first.
struct empty_round : pegtl::seq<gap, one<')'>> {};
struct empty_square : pegtl::seq<gap, one<']'>> {};

struct inner : pegtl::seq<conditional> {};
struct group : pegtl::if_must<one<'('>, inner, close_round> {};
struct list_open : one<'['> {};
struct items : pegtl::list_must<inner, comma> {};
struct list : pegtl::if_must<list_open, pegtl::sor<empty_square, pegtl::seq<items, close_square>>> {
};
struct path : pegtl::seq<pegtl::not_at<in_word>, pegtl::list<name, one<'.'>>> {};
struct call_open : pegtl::seq<gap, one<'('>> {};
struct call : pegtl::if_must<call_open, pegtl::sor<empty_round, pegtl::seq<items, close_round>>> {};
struct path_or_call : pegtl::seq<path, pegtl::opt<call>> {};
struct primary : pegtl::seq<gap, pegtl::sor<number, text, group, list, path_or_call>> {};

struct unary;
struct operand : pegtl::seq<unary> {};
struct negation : pegtl::if_must<pegtl::seq<gap, one<'!'>>, operand> {};
struct negative : pegtl::if_must<pegtl::seq<gap, one<'-'>>, operand> {};
struct unary : pegtl::sor<negation, negative, primary> {};

struct product_sign : one<'*', '/', '%'> {};
struct product_tail : pegtl::if_must<pegtl::seq<gap, product_sign>, operand> {};
struct product : pegtl::seq<unary, pegtl::star<product_tail>> {};

struct sum_sign : one<'+', '-'> {};
struct sum_right : pegtl::seq<product> {};
struct sum_tail : pegtl::if_must<pegtl::seq<gap, sum_sign>, sum_right> {};
struct sum : pegtl::seq<product, pegtl::star<sum_tail>> {};

struct relation_sign : pegtl::sor<
                           string<'=', '='>,
                           string<'!', '='>,
                           string<'<', '='>,
                           string<'>', '='>,
                           one<'<'>,
                           one<'>'>,
                           in_word> {};
struct relation_right : pegtl::seq<sum> {};
struct relation_tail : pegtl::if_must<pegtl::seq<gap, relation_sign>, relation_right> {};
struct relation : pegtl::seq<sum, pegtl::star<relation_tail>> {};

struct both_right : pegtl::seq<relation> {};
struct both_tail : pegtl::if_must<pegtl::seq<gap, string<'&', '&'>>, both_right> {};
struct both : pegtl::seq<relation, pegtl::star<both_tail>> {};

struct either_right : pegtl::seq<both> {};
struct either_tail : pegtl::if_must<pegtl::seq<gap, string<'|', '|'>>, either_right> {};
struct either : pegtl::seq<both, pegtl::star<either_tail>> {};

struct branch_value : pegtl::seq<conditional> {};
struct question_tail
    : pegtl::if_must<pegtl::seq<gap, one<'?'>>, branch_value, colon, branch_value> {};
struct conditional : pegtl::seq<either, pegtl::opt<question_tail>> {};

struct whole : pegtl::seq<conditional> {};
struct end : pegtl::seq<gap, pegtl::eof> {};
struct all : pegtl::must<whole, end> {};

}  // namespace grammar

struct messages {
    template <class Rule>
    static constexpr const char* message = nullptr;
};
constexpr const char* value_expected = "a value is expected here: a path, a number or a text";
template <>
constexpr const char* messages::message<grammar::whole> = value_expected;
template <>
constexpr const char* messages::message<grammar::inner> = value_expected;
template <>
constexpr const char* messages::message<grammar::operand> = value_expected;
template <>
constexpr const char* messages::message<grammar::sum_right> = value_expected;
template <>
constexpr const char* messages::message<grammar::relation_right> = value_expected;
template <>
constexpr const char* messages::message<grammar::both_right> = value_expected;
template <>
constexpr const char* messages::message<grammar::either_right> = value_expected;
template <>
constexpr const char* messages::message<grammar::branch_value> = value_expected;
template <>
constexpr const char* messages::message<grammar::colon> =
    "after '?' and its value a ':' is expected here";
template <>
constexpr const char* messages::message<grammar::close_round> =
    "')' or an operator is expected here";
template <>
constexpr const char* messages::message<grammar::close_square> = "']' or ',' is expected here";
constexpr const char* end_expected = "an operator or the end is expected here";
template <>
constexpr const char* messages::message<grammar::end> = end_expected;

template <class Rule>
using control = pegtl::must_if<messages, pegtl::normal, false>::control<Rule>;

// Takes what the grammar recognises, in its order. A rule's action runs once its end is sure.
struct builder {
    std::vector<node> nodes{};
    std::vector<std::uint32_t> stack{};
    std::vector<operation> signs{};
    std::vector<std::size_t> marks{};  // how high the stack was when a list or call opened
    std::vector<expression_problem> problems{};

    template <class Input>
    node& push(const Input& in, operation does) {
        node made{};
        made.does = does;
        made.offset = in.position().byte;
        made.length = in.size();
        nodes.push_back(std::move(made));
        stack.push_back(static_cast<std::uint32_t>(nodes.size() - 1));
        return nodes.back();
    }
    void combine(operation does, std::size_t count) {
        node made{};
        made.does = does;
        made.operands.assign(stack.end() - static_cast<std::ptrdiff_t>(count), stack.end());
        stack.resize(stack.size() - count);
        if (!made.operands.empty()) {
            const auto& first = nodes[made.operands.front()];
            const auto& last = nodes[made.operands.back()];
            made.offset = first.offset;
            made.length = last.offset + last.length - first.offset;
        }
        nodes.push_back(std::move(made));
        stack.push_back(static_cast<std::uint32_t>(nodes.size() - 1));
    }
    void combine_sign() {
        const auto does = signs.back();
        signs.pop_back();
        combine(does, 2);
    }
};

template <class Rule>
struct action : pegtl::nothing<Rule> {};

template <>
struct action<grammar::number> {
    template <class Input>
    static void apply(const Input& in, builder& into) {
        const auto written = in.string_view();
        const auto point = written.find('.');
        auto& made = into.push(in, operation::constant);
        std::int64_t whole = 0;
        const auto digits = written.substr(0, point);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
        bool fits = parsed.ec == std::errc{};
        if (point == std::string_view::npos) {
            made.value = whole;
            made.type = value_type::number;
        } else {
            const auto decimals = written.substr(point + 1);
            std::int64_t part = 0;
            std::int64_t worth = decimal_scale;
            for (const char digit : decimals) {
                worth /= 10;
                part += worth * (digit - '0');
            }
            fits = fits && decimals.size() <= 4 &&
                   !__builtin_mul_overflow(whole, decimal_scale, &whole) &&
                   !__builtin_add_overflow(whole, part, &whole);
            made.does = operation::amount;
            made.type = value_type::decimal;
            made.number = whole;
        }
        if (!fits) {
            into.problems.push_back(
                {.offset = made.offset,
                 .length = made.length,
                 .what = "this number is too long",
                 .mend = "at most 18 digits, and 4 behind the point"}
            );
        }
    }
};

template <>
struct action<grammar::text> {
    template <class Input>
    static void apply(const Input& in, builder& into) {
        std::string value;
        const auto written = in.string_view();
        for (std::size_t i = 1; i + 1 < written.size(); ++i) {
            if (written[i] == '\\') ++i;
            value += written[i];
        }
        auto& made = into.push(in, operation::constant);
        made.type = value_type::text;
        made.value = std::move(value);
    }
};

template <>
struct action<grammar::path> {
    template <class Input>
    static void apply(const Input& in, builder& into) {
        const auto written = in.string_view();
        auto& made = into.push(in, operation::path);
        made.word = written;
        if (written == "true" || written == "false") {
            made.does = operation::constant;
            made.type = value_type::boolean;
            made.value = written == "true";
        }
    }
};

template <>
struct action<grammar::list_open> {
    static void apply0(builder& into) { into.marks.push_back(into.stack.size()); }
};

template <>
struct action<grammar::list> {
    template <class Input>
    static void apply(const Input& in, builder& into) {
        into.combine(operation::list, into.stack.size() - into.marks.back());
        into.marks.pop_back();
        into.nodes.back().offset = in.position().byte;
        into.nodes.back().length = in.size();
    }
};

template <>
struct action<grammar::call_open> {
    static void apply0(builder& into) { into.marks.push_back(into.stack.size()); }
};

template <>
struct action<grammar::path_or_call> {
    template <class Input>
    static void apply(const Input& in, builder& into) {
        // A call left its mark just above its name; a plain path left none there.
        if (in.end()[-1] != ')') return;
        const auto count = into.stack.size() - into.marks.back();
        into.marks.pop_back();
        into.combine(operation::size, count);
        auto made = std::move(into.nodes.back());
        into.nodes.pop_back();
        into.stack.pop_back();
        auto& name = into.nodes[into.stack.back()];
        name.does = operation::constant;  // its place in the list stays, but nothing reads it
        made.word = name.word;
        made.offset = name.offset;
        made.length = in.size();
        if (name.word == "has") {
            made.does = operation::has;
        } else if (name.word != "size") {
            into.problems.push_back(
                {.offset = name.offset,
                 .length = name.length,
                 .what = "there is no function called '" + name.word + "'",
                 .mend = "the functions are size(…) and has(…)"}
            );
        }
        into.stack.pop_back();
        into.nodes.push_back(std::move(made));
        into.stack.push_back(static_cast<std::uint32_t>(into.nodes.size() - 1));
    }
};

template <>
struct action<grammar::negation> {
    static void apply0(builder& into) { into.combine(operation::negation, 1); }
};
template <>
struct action<grammar::negative> {
    static void apply0(builder& into) { into.combine(operation::negative, 1); }
};

operation sign_of(std::string_view written) noexcept {
    constexpr std::pair<std::string_view, operation> signs[]{
        {"==", operation::equal},
        {"!=", operation::not_equal},
        {"<", operation::less},
        {"<=", operation::less_equal},
        {">", operation::greater},
        {">=", operation::greater_equal},
        {"+", operation::plus},
        {"-", operation::minus},
        {"*", operation::times},
        {"/", operation::divided},
        {"%", operation::remainder},
        {"in", operation::contained}};
    const auto* at = std::find_if(std::begin(signs), std::end(signs), [&](const auto& sign) {
        return sign.first == written;
    });
    return at->second;  // the grammar lets nothing else through
}

struct keep_sign {
    template <class Input>
    static void apply(const Input& in, builder& into) {
        into.signs.push_back(sign_of(in.string_view()));
    }
};
template <>
struct action<grammar::product_sign> : keep_sign {};
template <>
struct action<grammar::sum_sign> : keep_sign {};
template <>
struct action<grammar::relation_sign> : keep_sign {};

struct apply_sign {
    static void apply0(builder& into) { into.combine_sign(); }
};
template <>
struct action<grammar::product_tail> : apply_sign {};
template <>
struct action<grammar::sum_tail> : apply_sign {};
template <>
struct action<grammar::relation_tail> : apply_sign {};

template <>
struct action<grammar::both_tail> {
    static void apply0(builder& into) { into.combine(operation::both, 2); }
};
template <>
struct action<grammar::either_tail> {
    static void apply0(builder& into) { into.combine(operation::either, 2); }
};
template <>
struct action<grammar::question_tail> {
    static void apply0(builder& into) { into.combine(operation::conditional, 3); }
};

// The slips of people who know other notations.
std::string mend_at(std::string_view rest) {
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\n')) rest.remove_prefix(1);
    if (rest.starts_with("and ") || rest.starts_with("&")) return "write && for 'and'";
    if (rest.starts_with("or ") || rest.starts_with("|")) return "write || for 'or'";
    if (rest.starts_with("=")) return "write == to compare";
    if (rest.starts_with("is ")) return "write == to compare";
    return {};
}

}  // namespace

parsed_tree parse_expression(std::string_view text) {
    const auto refuse = [](std::size_t offset, std::size_t length, std::string what) {
        parsed_tree refused{};
        refused.problems.push_back({.offset = offset, .length = length, .what = std::move(what)});
        return refused;
    };
    if (text.size() > expression_bytes_max) {
        return refuse(0, text.size(), "this condition is longer than 1000 characters");
    }
    // The grammar calls itself only behind one of these, so that counting them bounds its depth.
    const auto openers = std::count_if(text.begin(), text.end(), [](char c) {
        return c == '(' || c == '[' || c == '?' || c == '!' || c == '-';
    });
    if (static_cast<std::size_t>(openers) > expression_depth_max) {
        return refuse(0, text.size(), "this condition is nested too deeply");
    }

    builder made{};
    pegtl::memory_input<> input(text.data(), text.size(), "");
    try {
        pegtl::parse<grammar::all, action, control>(input, made);
    } catch (const pegtl::parse_error& broken) {
        auto offset = broken.positions().empty() ? 0 : broken.positions().front().byte;
        while (offset < text.size() && (text[offset] == ' ' || text[offset] == '\n')) ++offset;
        parsed_tree refused{};
        const std::string_view rest = text.substr(std::min(offset, text.size()));
        std::string what{broken.message()};
        if (what.starts_with("parse error matching")) what = "this text is not closed by a quote";
        if (what == end_expected && (rest.starts_with(']') || rest.starts_with(')'))) {
            what = "this bracket closes nothing";
        }
        refused.problems.push_back(
            {.offset = offset,
             .length = rest.empty() ? 0U : 1U,
             .what = std::move(what),
             .mend = mend_at(rest)}
        );
        return refused;
    }
    return {.nodes = std::move(made.nodes), .problems = std::move(made.problems)};
}

}  // namespace tertulia::dialogs
