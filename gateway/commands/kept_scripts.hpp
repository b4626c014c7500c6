// The script sets turns of the journal ran on, loaded once each.

#pragma once

#include "gateway/store/store.hpp"
#include "gateway/turns/script_library.hpp"

#include <map>
#include <memory>
#include <string>

namespace tertulia::gateway {

class kept_scripts {
public:
    // `house`: of sets kept by builds that did not keep it with them.
    kept_scripts(store& from, institution house) : store_{from}, house_{std::move(house)} {}

    // By the full version. Null: it is not kept, or does not load any more.
    [[nodiscard]] std::shared_ptr<const dialogs::script_set> of(const std::string& version);

private:
    store& store_;
    institution house_;
    std::map<std::string, std::shared_ptr<const dialogs::script_set>> sets_{};
};

// An apology of the gateway, which no step made.
[[nodiscard]] bool is_apology(const turn& one);

}  // namespace tertulia::gateway
