#include "gateway/publishing/answers.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>

namespace tertulia::gateway::answers {
namespace {

const char* name_of(publication_kind kind) {
    switch (kind) {
        case publication_kind::published:
            return "published";
        case publication_kind::rolled_back:
            return "rolled_back";
        case publication_kind::found:
            return "found";
    }
    return "";
}

}  // namespace

http::response json_answer(unsigned status, const nlohmann::json& body) {
    return {.status = status, .content_type = "application/json", .body = body.dump()};
}

nlohmann::json to_json(const publication& of) {
    return {
        {"number", of.number},
        {"at", tertulia::to_millis(of.at)},
        {"kind", name_of(of.kind)},
        {"version", of.version},
        {"to", to_text(of.to, of.percent)},
        {"rest", of.rest},
        {"author", of.author},
        {"reason", of.reason},
        {"changes", of.changes},
    };
}

std::string short_text(std::uint64_t short_version) {
    std::array<char, 17> text{};
    std::snprintf(
        text.data(), text.size(), "%016llx", static_cast<unsigned long long>(short_version)
    );
    return text.data();
}

http::response published_meanwhile(const publications& all) {
    const auto by = all.empty() ? std::string{"someone"} : all.back().author;
    return http::problem(
        409,
        "published-meanwhile",
        "Nothing was published: " + by + " has just published",
        "Look at the difference to what runs now, then publish again."
    );
}

http::response no_staff() {
    return http::problem(
        422,
        "no-staff",
        "There is no staff to publish to",
        "List their telephones under institution.staff of the config: staff: [\"+50255501234\"]."
    );
}

http::response nothing_to_stay_on() {
    return http::problem(
        409,
        "nothing-to-stay-on",
        "A roll-out needs a version for everybody else",
        "Nothing was ever published and no gateway runs: publish to all first, or start the "
        "gateway."
    );
}

http::response unchanged(const std::string& version) {
    return http::problem(
        409,
        "unchanged",
        "Nothing to do: new conversations run on " + version.substr(0, 8) + " already",
        "Change a file first, or give another --to."
    );
}

http::response nothing_before() {
    return http::problem(
        409,
        "nothing-before",
        "There is no version to go back to",
        "`tertulia rollback --to VERSION` leads to any that `tertulia versions` lists."
    );
}

http::response no_such_version() {
    return http::problem(
        404,
        "no-such-version",
        "No published version begins so",
        "Give at least 8 letters of one that `tertulia versions` lists."
    );
}

http::response no_longer_loads(const std::string& version) {
    return http::problem(
        422,
        "no-longer-loads",
        "Version " + version.substr(0, 8) + " does not load with this program",
        "It was written for an older one. Mend the files and publish them."
    );
}

}  // namespace tertulia::gateway::answers
