// What `/media/HASH/NAME` gives to whoever asks, providers first of all. An address holds the hash
// of its content: it may be cached for ever, and a file that is changed has another.
//
// Threads: any.

#pragma once

#include "gateway/media/media_folder.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::gateway {

class media_library {
public:
    // What was there before stays: conversations end on the set, and the files, they began with.
    void add(std::vector<media_content> files);

    // By "HASH/NAME"; null: there is none. Files of no known type are given to nobody.
    [[nodiscard]] std::shared_ptr<const media_content> find(std::string_view path) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const media_content>, std::less<>> by_path_;
};

}  // namespace tertulia::gateway
