# The libraries the house stands on. README.md says why each is here.
include_guard(GLOBAL)

find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(SQLite3 3.40 REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED COMPONENTS core)
find_package(pugixml 1.13 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)

# libharu comes without a file for either.
find_path(TERTULIA_LIBHARU_HEADERS hpdf.h REQUIRED)
find_library(TERTULIA_LIBHARU hpdf REQUIRED)
add_library(tertulia_libharu INTERFACE)
target_include_directories(tertulia_libharu SYSTEM INTERFACE ${TERTULIA_LIBHARU_HEADERS})
target_link_libraries(tertulia_libharu INTERFACE ${TERTULIA_LIBHARU})

# The allocator of the programs that are shipped or measured; a sanitizer brings its own.
add_library(tertulia_allocator INTERFACE)
if(NOT TERTULIA_SANITIZE)
    pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
    target_link_libraries(tertulia_allocator INTERFACE PkgConfig::jemalloc)
endif()

# Debian's libsqlitecpp-dev installs no usable imported target on every release: name the parts.
find_library(TERTULIA_SQLITECPP SQLiteCpp REQUIRED)
add_library(tertulia_sqlitecpp INTERFACE)
target_link_libraries(tertulia_sqlitecpp INTERFACE ${TERTULIA_SQLITECPP} SQLite::SQLite3)

# Header-only parts: naming them keeps a folder's link list honest.
add_library(tertulia_pegtl INTERFACE)
add_library(tertulia_cereal INTERFACE)
