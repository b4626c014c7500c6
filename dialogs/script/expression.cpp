#include "dialogs/script/expression.hpp"

#include "dialogs/script/diagnostic.hpp"
#include "dialogs/script/expression_tree.hpp"

#include <algorithm>
#include <chrono>
#include <compare>
#include <utility>

namespace tertulia::dialogs {
namespace {

using node = expression::node;
using nodes = std::vector<node>;

constexpr fact_value missing{};

bool is_missing(const fact_value& value) noexcept {
    return std::holds_alternative<std::monostate>(value);
}

// Money against a number or a decimal of major units, both brought to ten-thousandths of a major
// unit.
std::optional<std::int64_t> ten_thousandths(const node& of, const fact_value& value) {
    std::int64_t scaled = 0;
    if (of.does == operation::amount) return of.number;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        if (__builtin_mul_overflow(*number, decimal_scale, &scaled)) return std::nullopt;
        return scaled;
    }
    const auto* amount = std::get_if<money>(&value);
    if (amount == nullptr) return std::nullopt;
    std::int64_t unit = decimal_scale;
    for (int digit = minor_digits(amount->currency); digit > 0; --digit) unit /= 10;
    if (__builtin_mul_overflow(amount->minor, unit, &scaled)) return std::nullopt;
    return scaled;
}

class evaluation {
public:
    evaluation(const nodes& all, const fact_table& known, const fact_view& facts)
        : all_(all), known_(known), facts_(facts) {}

    fact_value value(std::uint32_t index) const {
        const node& of = all_[index];
        switch (of.does) {
            case operation::constant:
                return of.value;
            case operation::amount:
                return missing;
            case operation::path:
                return value_of(known_.fields()[static_cast<std::size_t>(of.number)], facts_);
            case operation::list:
                return missing;  // only `in` and size() look into one
            case operation::equal:
            case operation::not_equal:
            case operation::less:
            case operation::less_equal:
            case operation::greater:
            case operation::greater_equal:
                return compared(of);
            case operation::both:
                return logical(of, false);
            case operation::either:
                return logical(of, true);
            case operation::negation: {
                const auto operand = value(of.operands[0]);
                const auto* truth = std::get_if<bool>(&operand);
                return truth == nullptr ? missing : fact_value{!*truth};
            }
            case operation::plus:
            case operation::minus:
            case operation::times:
            case operation::divided:
            case operation::remainder:
                return computed(of.does, value(of.operands[0]), value(of.operands[1]));
            case operation::negative: {
                const auto operand =
                    value(of.operands[0]);  // once: a chain of them would double each
                return computed(operation::minus, zero_like(operand), operand);
            }
            case operation::conditional: {
                const auto condition = value(of.operands[0]);
                const auto* truth = std::get_if<bool>(&condition);
                return truth == nullptr ? missing : value(of.operands[*truth ? 1 : 2]);
            }
            case operation::contained:
                return contained(of);
            case operation::size:
                return size(of);
            case operation::has:
                return !is_missing(value(of.operands[0]));
        }
        return missing;
    }

private:
    static fact_value zero_like(const fact_value& of) {
        if (const auto* amount = std::get_if<money>(&of)) return money{0, amount->currency};
        return std::int64_t{0};
    }

    // `&&` and `||` are sure as soon as one side says `decisive`, whichever side is missing.
    fact_value logical(const node& of, bool decisive) const {
        bool sure = true;
        for (const auto operand : of.operands) {
            const auto side = value(operand);
            const auto* truth = std::get_if<bool>(&side);
            if (truth == nullptr) {
                sure = false;
            } else if (*truth == decisive) {
                return decisive;
            }
        }
        return sure ? fact_value{!decisive} : missing;
    }

    std::optional<std::strong_ordering> order(
        const node& left_of, const node& right_of, const fact_value& left, const fact_value& right
    ) const {
        if (left_of.type != right_of.type) {
            const auto l = ten_thousandths(left_of, left);
            const auto r = ten_thousandths(right_of, right);
            if (!l || !r) return std::nullopt;
            return *l <=> *r;
        }
        if (left_of.type == value_type::decimal) return left_of.number <=> right_of.number;
        if (is_missing(left) || is_missing(right) || left.index() != right.index()) {
            return std::nullopt;
        }
        if (const auto* l = std::get_if<money>(&left)) {
            const auto& r = std::get<money>(right);
            if (l->currency != r.currency) return std::nullopt;
            return l->minor <=> r.minor;
        }
        if (left == right) return std::strong_ordering::equal;
        return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
    }

    fact_value compared(const node& of) const {
        const auto& left = all_[of.operands[0]];
        const auto& right = all_[of.operands[1]];
        const auto how = order(left, right, value(of.operands[0]), value(of.operands[1]));
        if (!how) return missing;
        switch (of.does) {
            case operation::equal:
                return *how == 0;
            case operation::not_equal:
                return *how != 0;
            case operation::less:
                return *how < 0;
            case operation::less_equal:
                return *how <= 0;
            case operation::greater:
                return *how > 0;
            default:
                return *how >= 0;
        }
    }

    static fact_value computed(operation does, const fact_value& left, const fact_value& right) {
        const auto number = [](const fact_value& of) { return std::get_if<std::int64_t>(&of); };
        if (const auto* l = std::get_if<money>(&left)) {
            if (const auto* r = std::get_if<money>(&right)) {
                if (l->currency != r->currency) return missing;
                return as_money(computed(does, l->minor, r->minor), l->currency);
            }
            const auto* r = number(right);
            return r == nullptr ? missing : as_money(computed(does, l->minor, *r), l->currency);
        }
        if (const auto* l = std::get_if<civil_date>(&left)) {
            const auto day = std::chrono::sys_days{*l};
            if (const auto* r = std::get_if<civil_date>(&right)) {
                return std::int64_t{(day - std::chrono::sys_days{*r}).count()};
            }
            const auto* r = number(right);
            constexpr std::int64_t days_max = 366'000;  // a thousand years either way
            if (r == nullptr || *r > days_max || *r < -days_max) return missing;
            const std::chrono::days apart{static_cast<int>(*r)};
            const civil_date moved{does == operation::plus ? day + apart : day - apart};
            return moved.ok() ? fact_value{moved} : missing;
        }
        const auto* l = number(left);
        if (l == nullptr) return missing;
        if (const auto* r = std::get_if<money>(&right)) {  // 2 * money
            return as_money(computed(does, *l, r->minor), r->currency);
        }
        const auto* r = number(right);
        return r == nullptr ? missing : computed(does, *l, *r);
    }

    static fact_value as_money(const fact_value& minor, currency_code currency) {
        const auto* number = std::get_if<std::int64_t>(&minor);
        return number == nullptr ? missing : fact_value{money{*number, currency}};
    }

    static fact_value computed(operation does, std::int64_t left, std::int64_t right) {
        std::int64_t made = 0;
        bool overflow = false;
        switch (does) {
            case operation::plus:
                overflow = __builtin_add_overflow(left, right, &made);
                break;
            case operation::minus:
                overflow = __builtin_sub_overflow(left, right, &made);
                break;
            case operation::times:
                overflow = __builtin_mul_overflow(left, right, &made);
                break;
            default:
                // -1 apart, because the smallest integer divided by it does not fit.
                if (right == 0) return missing;
                if (right == -1) {
                    if (does == operation::remainder) return std::int64_t{0};
                    overflow = __builtin_sub_overflow(std::int64_t{0}, left, &made);
                } else {
                    made = does == operation::divided ? left / right : left % right;
                }
        }
        return overflow ? missing : fact_value{made};
    }

    fact_value contained(const node& of) const {
        const auto element = value(of.operands[0]);
        if (is_missing(element)) return missing;
        const node& list = all_[of.operands[1]];
        if (list.does != operation::list) {
            const auto held = value(of.operands[1]);
            const auto* words = std::get_if<std::vector<std::string>>(&held);
            const auto* word = std::get_if<std::string>(&element);
            if (words == nullptr || word == nullptr) return missing;
            return std::find(words->begin(), words->end(), *word) != words->end();
        }
        bool sure = true;
        for (const auto operand : list.operands) {
            const auto item = value(operand);
            if (item == element) return true;
            sure = sure && !is_missing(item);
        }
        return sure ? fact_value{false} : missing;
    }

    fact_value size(const node& of) const {
        const node& operand = all_[of.operands[0]];
        if (operand.does == operation::list) {
            return static_cast<std::int64_t>(operand.operands.size());
        }
        const auto held = value(of.operands[0]);
        if (const auto* words = std::get_if<std::vector<std::string>>(&held)) {
            return static_cast<std::int64_t>(words->size());
        }
        if (const auto* text = std::get_if<std::string>(&held)) {
            return std::int64_t{characters_in(*text)};
        }
        return missing;
    }

    const nodes& all_;
    const fact_table& known_;
    const fact_view& facts_;
};

}  // namespace

fact_value expression::evaluate(const fact_view& facts) const {
    return evaluation(*nodes_, *known_, facts).value(static_cast<std::uint32_t>(nodes_->size() - 1));
}

bool expression::holds(const fact_view& facts) const {
    const auto value = evaluate(facts);
    const auto* truth = std::get_if<bool>(&value);
    return truth != nullptr && *truth;
}

}  // namespace tertulia::dialogs
