// Whether the condition of a segment sorts people at all: one that holds of everybody hides the segments
// after it, one that holds of nobody is never used. Found by trying it on the histories there may be, around
// the numbers it names; what compares more facts at once than that is left alone.
//
// Pure.

#pragma once

#include "dialogs/facts/repayment_history.hpp"

#include <functional>
#include <string_view>

namespace tertulia::dialogs {

enum class segment_reach { some, everybody, nobody };

[[nodiscard]] segment_reach reach_of(
    std::string_view when, const std::function<bool(const repayment_history&)>& holds
);

}  // namespace tertulia::dialogs
