#include "gateway/media/media_library.hpp"

#include <utility>

namespace tertulia::gateway {

void media_library::add(std::vector<media_content> files) {
    const std::scoped_lock lock{mutex_};
    for (auto& file : files) {
        if (file.is.type.empty()) continue;
        auto path = file.is.hash + "/" + file.is.name;
        by_path_.try_emplace(
            std::move(path), std::make_shared<const media_content>(std::move(file))
        );
    }
}

std::shared_ptr<const media_content> media_library::find(std::string_view path) const {
    const std::scoped_lock lock{mutex_};
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : found->second;
}

}  // namespace tertulia::gateway
