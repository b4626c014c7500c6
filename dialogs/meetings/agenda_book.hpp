// The agendas the institution has written, one a file of meetings/: how a meeting is held, for which
// branches and groups. Values only; the files are read and checked in script/.

#pragma once

#include "dialogs/meetings/agenda.hpp"
#include "dialogs/meetings/plan.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::dialogs::meetings {

// One text by language; under "" what holds for all the others.
using texts_by_language = std::map<std::string, std::string, std::less<>>;
// Of that language, else of its base ("es-GT", "es"), else under "", else the first there is. Empty:
// there is none.
[[nodiscard]] std::string_view text_in(const texts_by_language& of, std::string_view language) noexcept;

struct agenda_step {
    step made{};  // without texts and media
    texts_by_language topic{};
    texts_by_language question{};
    struct answer_texts {
        texts_by_language text{};
        bool right{};
    };
    std::vector<answer_texts> answers{};
    texts_by_language why{};
    std::string audio{};       // a file of media/; empty: there is none
    std::string audio_path{};  // hash/name, where the gateway serves it; empty: it cannot be heard
};

// Where a meeting's backup, or its supervisor, is looked for.
struct officer_source {
    enum class kind : std::uint8_t {
        nobody = 0,
        branch = 1,  // a colleague of the group's branch, not the moderator herself
        desk = 2,    // whoever sits at a desk of institution.colleagues
    };
    kind is{};
    std::string desk{};
    bool operator==(const officer_source&) const = default;
};

struct agenda_template {
    std::string name{};
    std::string about{};
    // The first 12 hex digits of the SHA-256 of its file: what members say of a meeting is kept for
    // the version that was held.
    std::string version{};
    bool for_all{};  // of whom no other agenda is
    std::vector<std::string> branches{};  // core banking's ids
    std::vector<std::string> groups{};
    mode how{mode::relay};
    window lasts_as{window::live};
    std::chrono::minutes lasts{120};
    std::vector<agenda_step> steps{};
    bylaws rules{};
    quiet_hours quiet{};
    int record_days{1825};
    std::string feedback{};  // the message that asks how it was; empty: nobody is asked
    officer_source backup{};
    officer_source supervisor{};
};

// The steps as they are in that language. The voice notes are the gateway's to fill in, which knows
// them at the provider: step by step as in agenda_template::steps.
[[nodiscard]] std::vector<step> steps_in(const agenda_template& of, std::string_view language);
// What the agenda says of a meeting whose start and language stand in the plan already.
void plan_by(const agenda_template& of, plan& into);

struct agenda_book {
    std::vector<agenda_template> all{};  // by name

    // The one for that group: one that names it, else one that names its branch, else the one for
    // all. Null: the group does not meet here.
    [[nodiscard]] const agenda_template* find(
        std::string_view branch, std::string_view group
    ) const noexcept;
    [[nodiscard]] const agenda_template* named(std::string_view name) const noexcept;
};

}  // namespace tertulia::dialogs::meetings
