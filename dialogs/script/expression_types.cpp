// Types of expressions: what each operator takes and gives, which facts may be missing, and words
// for the mistakes.

#include "dialogs/script/expression_tree.hpp"

#include "dialogs/script/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tertulia::dialogs {
namespace {

std::string_view word_for(value_type type) noexcept {
    switch (type) {
        case value_type::boolean:
            return "yes or no";
        case value_type::number:
            return "a number";
        case value_type::text:
            return "a text";
        case value_type::money:
            return "money";
        case value_type::date:
            return "a date";
        case value_type::moment:
            return "a moment";
        case value_type::list:
            return "a list";
        case value_type::decimal:
            return "an amount";
    }
    return "";
}

value_type type_of(fact_type type) noexcept {
    switch (type) {
        case fact_type::boolean:
            return value_type::boolean;
        case fact_type::number:
            return value_type::number;
        case fact_type::money:
            return value_type::money;
        case fact_type::date:
            return value_type::date;
        case fact_type::moment:
            return value_type::moment;
        case fact_type::list:
            return value_type::list;
        case fact_type::text:
        case fact_type::nothing:
            break;
    }
    return value_type::text;
}

fact_type fact_type_of(value_type type) noexcept {
    switch (type) {
        case value_type::boolean:
            return fact_type::boolean;
        case value_type::number:
            return fact_type::number;
        case value_type::text:
            return fact_type::text;
        case value_type::money:
            return fact_type::money;
        case value_type::date:
            return fact_type::date;
        case value_type::moment:
            return fact_type::moment;
        case value_type::list:
            return fact_type::list;
        case value_type::decimal:
            break;
    }
    return fact_type::nothing;
}

// Facts every turn has. All others hang on somebody being known, having a loan, a PIN lock…
bool always_there(std::string_view path) noexcept {
    static constexpr auto there = std::to_array<std::string_view>({
        "application.changed",
        "application.decided",
        "application.open",
        "cases.open",
        "claim.amount_told",
        "claim.news",
        "claim.open",
        "claims.open",
        "channel.documents",
        "channel.name",
        "channel.sms",
        "code.sent",  // said nowhere but where it is there
        "consent.being_referred",
        "consent.referral_naming",
        "consent.reminders",
        "consent.service",
        "consent.surveys",
        "consent.tips_offers",
        "consent.voice_transcript",
        "conversation.interrupted",
        "conversation.with_person",
        "core.state",
        "hardship.open",
        "hardship.options",
        "institution.name",
        "institution.phone",
        "introduced.state",
        "now",
        "officer.known",
        "papers.sent",
        "person.in_doubt",
        "person.known",
        "person.language",
        "person.number_known",
        "person.opted_out",
        "person.shared",
        "person.verified",
        "person.welcomed",
        "pin.branch_only",
        "pin.set",
        "option.officer",
        "promise.amount_told",
        "promise.open",
        "referral.changed",
        "referral.line.amount",  // of lines: said nowhere but where it is there
        "referral.line.nth",
        "referral.line.on",
        "referral.line.state",
        "referral.may_ask",
        "referral.reward_after",
        "referral.who",
        "referrals.count",
        "referrals.earned",
        "referrals.list",
        "referrals.open",
        "referrals.paid",
        "referrals.won",
        "referred.hidden",
        "referred.there",
        "staff.there",
        "today",
        // Kept where they are there, which is what they are for.
        "words.amount",
        "words.danger",
        "words.date",
        "words.means",
        "words.text",
        "words.until"});
    return path == "pin.tries_left" || std::find(there.begin(), there.end(), path) != there.end();
}

std::vector<std::string> all_paths(const fact_table& known) {
    std::vector<std::string> paths;
    for (const auto& field : known.fields()) paths.emplace_back(field.path);
    return paths;
}

}  // namespace

struct expression_typer {
    std::vector<expression::node> nodes;
    std::vector<expression_problem> problems;
    const fact_table& facts;
    bool fatal{};

    void refuse(const expression::node& at, std::string what, std::string mend = {}) {
        fatal = true;
        problems.push_back(
            {.offset = at.offset,
             .length = at.length,
             .what = std::move(what),
             .mend = std::move(mend)}
        );
    }

    value_type operand(const expression::node& of, std::size_t index) const {
        return nodes[of.operands[index]].type;
    }

    void want(const expression::node& of, std::size_t index, value_type type) {
        const auto& given = nodes[of.operands[index]];
        if (given.type == type) return;
        refuse(
            given,
            "this is " + std::string(word_for(given.type)) + ", but " +
                std::string(word_for(type)) + " is expected here"
        );
    }

    void type_path(expression::node& of) {
        const auto field = facts.find(of.word);
        if (!field) {
            const auto near = did_you_mean(of.word, all_paths(facts));
            refuse(
                of,
                "there is no fact called '" + of.word + "'",
                near.empty() ? std::string{"a text needs quotes: '" + of.word + "'"}
                             : "did you mean '" + near + "'?"
            );
            problems.back().breaks = rule::unknown_fact;
            return;
        }
        of.number = static_cast<std::int64_t>(*field);
        of.type = type_of(facts.fields()[*field].type);
    }

    void type_comparison(expression::node& of) {
        const auto left = operand(of, 0);
        const auto right = operand(of, 1);
        of.type = value_type::boolean;
        const auto counts = [](value_type type) {
            return type == value_type::number || type == value_type::decimal;
        };
        const bool money_and_units = (left == value_type::money && counts(right)) ||
                                     (right == value_type::money && counts(left));
        const bool equality = of.does == operation::equal || of.does == operation::not_equal;
        if (left == value_type::list || right == value_type::list) {
            refuse(of, "lists cannot be compared", "use 'in' or size(…)");
        } else if (left != right && !money_and_units && !(counts(left) && counts(right))) {
            refuse(
                of,
                std::string(word_for(left)) + " cannot be compared with " +
                    std::string(word_for(right))
            );
        } else if (left == value_type::boolean && !equality) {
            refuse(of, "yes and no have no order", "use == or !=");
        }
    }

    void type_arithmetic(expression::node& of) {
        const auto left = operand(of, 0);
        const auto right = operand(of, 1);
        const bool adds = of.does == operation::plus || of.does == operation::minus;
        using enum value_type;
        if (left == number && right == number) {
            of.type = number;
        } else if (left == money && right == money && adds) {
            of.type = money;
        } else if (left == money && right == number && (of.does == operation::times || of.does == operation::divided)) {
            of.type = money;
        } else if (left == number && right == money && of.does == operation::times) {
            of.type = money;
        } else if (left == date && right == number && adds) {
            of.type = date;
        } else if (left == date && right == date && of.does == operation::minus) {
            of.type = number;  // days
        } else {
            refuse(
                of,
                "this cannot be computed from " + std::string(word_for(left)) + " and " +
                    std::string(word_for(right))
            );
        }
    }

    void type_contained(expression::node& of) {
        of.type = value_type::boolean;
        want(of, 1, value_type::list);
        if (fatal) return;
        const auto& list = nodes[of.operands[1]];
        const auto element = operand(of, 0);
        if (list.does != operation::list) {
            want(of, 0, value_type::text);
            return;
        }
        for (const auto index : list.operands) {
            if (nodes[index].type != element) {
                refuse(
                    nodes[index],
                    "this is " + std::string(word_for(nodes[index].type)) + ", but " +
                        std::string(word_for(element)) + " is looked for"
                );
                return;
            }
        }
        if (element == value_type::list || element == value_type::decimal) {
            refuse(nodes[of.operands[0]], "this cannot be looked for in a list");
        }
    }

    void type_call(expression::node& of) {
        of.type = of.does == operation::has ? value_type::boolean : value_type::number;
        if (of.operands.size() != 1) {
            refuse(of, of.word + "(…) takes one value");
            return;
        }
        const auto& inner = nodes[of.operands[0]];
        if (of.does == operation::has && inner.does != operation::path) {
            refuse(inner, "has(…) takes a path", "has(loan.next.date)");
        } else if (of.does == operation::size && inner.type != value_type::list && inner.type != value_type::text) {
            refuse(inner, "size(…) takes a list or a text");
        }
    }

    void type(expression::node& of) {
        switch (of.does) {
            case operation::constant:
            case operation::amount:
                break;
            case operation::path:
                type_path(of);
                break;
            case operation::list:
                of.type = value_type::list;
                break;
            case operation::equal:
            case operation::not_equal:
            case operation::less:
            case operation::less_equal:
            case operation::greater:
            case operation::greater_equal:
                type_comparison(of);
                break;
            case operation::both:
            case operation::either:
                of.type = value_type::boolean;
                want(of, 0, value_type::boolean);
                want(of, 1, value_type::boolean);
                break;
            case operation::negation:
                of.type = value_type::boolean;
                want(of, 0, value_type::boolean);
                break;
            case operation::plus:
            case operation::minus:
            case operation::times:
            case operation::divided:
            case operation::remainder:
                type_arithmetic(of);
                break;
            case operation::negative:
                of.type = operand(of, 0);
                if (of.type == value_type::decimal) {
                    of.does = operation::amount;
                    of.number = -nodes[of.operands[0]].number;
                } else if (of.type != value_type::number && of.type != value_type::money) {
                    refuse(of, "only a number or money has a minus");
                }
                break;
            case operation::conditional:
                want(of, 0, value_type::boolean);
                of.type = operand(of, 1);
                want(of, 2, of.type);
                if (!fatal && (of.type == value_type::list || of.type == value_type::decimal)) {
                    refuse(of, "this cannot be chosen between");
                }
                break;
            case operation::contained:
                type_contained(of);
                break;
            case operation::size:
            case operation::has:
                type_call(of);
                break;
        }
    }

    // What may be missing where nobody asked has() before: along && and into the branch of ?:.
    void warn(std::uint32_t index, const std::set<std::string>& known) {
        const auto& of = nodes[index];
        if (of.does == operation::has) return;
        if (of.does == operation::path) {
            if (!always_there(of.word) && !known.contains(of.word)) {
                problems.push_back(
                    {.breaks = rule::maybe_missing,
                     .fatal = false,
                     .offset = of.offset,
                     .length = of.length,
                     .what = "'" + of.word + "' may be missing, and the condition is then not met",
                     .mend = "write has(" + of.word + ") && … to say so",
                     .path = of.word}
                );
            }
            return;
        }
        if (of.does == operation::both) {
            warn(of.operands[0], known);
            auto more = known;
            collect(of.operands[0], more);
            warn(of.operands[1], more);
            return;
        }
        if (of.does == operation::conditional) {
            warn(of.operands[0], known);
            auto more = known;
            collect(of.operands[0], more);
            warn(of.operands[1], more);
            warn(of.operands[2], known);
            return;
        }
        for (const auto operand_index : of.operands) warn(operand_index, known);
    }

    void collect(std::uint32_t index, std::set<std::string>& known) const {
        const auto& of = nodes[index];
        if (of.does == operation::both) {
            for (const auto operand_index : of.operands) collect(operand_index, known);
        } else if (of.does == operation::has) {
            known.insert(nodes[of.operands[0]].word);
        }
    }

    static expression_result run(parsed_tree&& tree, fact_type wanted, const fact_table& known) {
        expression_typer typer{
            .nodes = std::move(tree.nodes), .problems = std::move(tree.problems), .facts = known};
        typer.fatal = typer.nodes.empty() || !typer.problems.empty();
        for (auto& of : typer.nodes) {
            if (typer.fatal) break;  // what follows from a mistake would be reported as another one
            typer.type(of);
        }
        expression_result made{};
        if (!typer.fatal) {
            const auto& whole = typer.nodes.back();
            if (wanted != fact_type::nothing && fact_type_of(whole.type) != wanted) {
                typer.refuse(
                    whole,
                    "this is " + std::string(word_for(whole.type)) + ", but " +
                        std::string(word_for(type_of(wanted))) + " is expected here"
                );
            } else {
                typer.warn(static_cast<std::uint32_t>(typer.nodes.size() - 1), {});
                expression done{};
                done.type_ = fact_type_of(whole.type);
                std::set<std::size_t> paths;
                for (const auto& of : typer.nodes) {
                    if (of.does == operation::path)
                        paths.insert(static_cast<std::size_t>(of.number));
                }
                done.paths_.assign(paths.begin(), paths.end());
                done.known_ = &known;
                std::set<std::string> assured;
                typer.collect(static_cast<std::uint32_t>(typer.nodes.size() - 1), assured);
                done.assures_.assign(assured.begin(), assured.end());
                done.nodes_ =
                    std::make_shared<const std::vector<expression::node>>(std::move(typer.nodes));
                made.parsed = std::move(done);
            }
        }
        made.problems = std::move(typer.problems);
        return made;
    }
};

expression_result expression::parse(
    std::string_view text, fact_type wanted, const fact_table& known
) {
    return expression_typer::run(parse_expression(text), wanted, known);
}

}  // namespace tertulia::dialogs
