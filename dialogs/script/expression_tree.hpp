// The inside of an expression: one flat list of nodes, operands before the operator that uses them.
// Between the grammar (expression_grammar.cpp), the types and the evaluation (expression.cpp).

#pragma once

#include "dialogs/script/expression.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs {

enum class operation : std::uint8_t {
    constant,  // `value`
    amount,    // a decimal literal, in ten-thousandths: `number`
    path,      // `number`: index into the schema
    list,      // the operands
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    both,
    either,
    negation,
    plus,
    minus,
    times,
    divided,
    remainder,
    negative,
    conditional,  // condition, then, otherwise
    contained,    // element, list
    size,
    has,  // one path
};

// What a value may be while an expression is computed: a fact's types, and decimals beside money.
enum class value_type : std::uint8_t { boolean, number, text, money, date, moment, list, decimal };

struct expression::node {
    operation does{};
    value_type type{};
    fact_value value{};
    std::int64_t number{};
    std::string word{};                     // a path's or function's name, until typed
    std::vector<std::uint32_t> operands{};  // indexes of earlier nodes
    std::size_t offset{};
    std::size_t length{};
};

inline constexpr std::int64_t decimal_scale = 10'000;

struct parsed_tree {
    std::vector<expression::node> nodes{};  // the last is the whole; empty: not parsed
    std::vector<expression_problem> problems{};
};

// Grammar alone: names are not looked up, types not checked. Functions are nodes of operation::size
// or operation::has; an unknown one is a problem.
[[nodiscard]] parsed_tree parse_expression(std::string_view text);

}  // namespace tertulia::dialogs
