// The keys of a file of tests (see script/shape.hpp), for its reader and for editors.

#pragma once

#include "dialogs/script/shape.hpp"

#include <string>
#include <vector>

namespace tertulia::dialogs {

[[nodiscard]] const map_shape& dialog_test_shape();
[[nodiscard]] const map_shape& given_shape();
[[nodiscard]] const map_shape& given_referrer_shape();  // below `referrers:`
[[nodiscard]] const map_shape& core_has_shape();
[[nodiscard]] const map_shape& given_loan_shape();
[[nodiscard]] const map_shape& given_savings_shape();
[[nodiscard]] const map_shape& given_point_shape();
[[nodiscard]] const map_shape& sent_shape();  // what she sends besides texts and taps: one of these
[[nodiscard]] const map_shape& from_ad_shape();
[[nodiscard]] const map_shape& bot_shape();
[[nodiscard]] const map_shape& bot_one_of_shape();
[[nodiscard]] const map_shape& handed_over_shape();

// What happens and what must come of it: the first key of a step.
[[nodiscard]] const std::vector<std::string>& happening_keys();
[[nodiscard]] const std::vector<std::string>& expecting_keys();

[[nodiscard]] const std::vector<std::string>& pin_words();
[[nodiscard]] const std::vector<std::string>& agent_words();
[[nodiscard]] const std::vector<std::string>& code_words();
[[nodiscard]] const std::vector<std::string>& loss_words();

// A file is one test, or a list of them.
[[nodiscard]] value_shape tests_shape();

}  // namespace tertulia::dialogs
