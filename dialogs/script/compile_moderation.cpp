// What senders are told of a line that was kept back: needed as soon as lines are listened to.

#include "dialogs/moderation/rules.hpp"
#include "dialogs/script/compiler_parts.hpp"

#include <utility>

namespace tertulia::dialogs {

void compiler::moderation_found() {
    if (from_.moderation == nullptr || from_.moderation->words.empty()) return;
    dialog_source ours{};
    ours.file = from_.moderation->file;
    const auto* before = std::exchange(source_, &ours);
    needs_ = requirement::anyone;
    for (const auto& row : guard_table()) {
        if (!row.told) continue;
        (void)message({message_key(row.is), {.line = 1, .column = 1}}, message_part::text);
    }
    source_ = before;
}

}  // namespace tertulia::dialogs
