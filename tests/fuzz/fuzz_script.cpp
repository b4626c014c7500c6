// Any bytes in any file an operator may write: loaded or refused with a reason, never thrown out of
// load_scripts(). The first byte chooses which file they are; the others are a small set that
// loads.

#include "dialogs/script/script_set.hpp"

#include "tests/talks/sources.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia::dialogs;
    if (size == 0) return 0;
    const std::string text{data + 1, data + size};
    auto from = testing_sources::basic();
    const auto count = from.dialogs.size() + 2;
    const std::size_t which = data[0] % count;
    auto& file = which < from.dialogs.size()    ? from.dialogs[which]
                 : which == from.dialogs.size() ? from.messages[0]
                                                : from.phrases[0];
    file.text = text;
    const auto made = load_scripts(from);
    const bool sound =
        std::none_of(made.problems.begin(), made.problems.end(), [](const diagnostic& one) {
            return one.level == severity::error;
        });
    if (sound != (made.scripts != nullptr)) std::abort();
    for (const auto& one : made.problems) {
        if (one.what.empty() || one.file.empty() || one.line < 0 || one.column < 0) std::abort();
        (void)to_text(one, one.file == file.path ? text : std::string{});
    }
    return 0;
}
