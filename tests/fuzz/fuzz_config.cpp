// Any bytes as tertulia.yaml: loaded, or refused with a reason for every mistake. It is read from
// memory; `${file:…}` is left out, for it would read whatever file of this machine is named.

#include "gateway/config/config.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tertulia;
    using namespace tertulia::gateway;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (text.find("file:") != std::string_view::npos) return 0;

    static const int memory = ::memfd_create("tertulia.yaml", 0);
    static const std::filesystem::path file{"/proc/self/fd/" + std::to_string(memory)};
    if (::ftruncate(memory, 0) != 0) std::abort();
    if (::pwrite(memory, data, size, 0) != static_cast<ssize_t>(size)) std::abort();

    const auto read = load_config(file, [](std::string_view name) -> std::optional<std::string> {
        if (name == "NAME") return "value";
        return std::nullopt;
    });
    const bool sound = std::none_of(
        read.problems.begin(),
        read.problems.end(),
        [](const dialogs::diagnostic& one) { return one.level == dialogs::severity::error; }
    );
    if (sound != read.loaded.has_value()) std::abort();
    for (const auto& one : read.problems) {
        if (one.what.empty() || one.line < 0 || one.column < 0) std::abort();
    }
    return 0;
}
