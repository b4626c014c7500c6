# Compiler flags ride on one INTERFACE target that every library of the house links.
include_guard(GLOBAL)

find_program(TERTULIA_CCACHE ccache)
if(TERTULIA_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${TERTULIA_CCACHE})
endif()
find_program(TERTULIA_MOLD mold)
if(TERTULIA_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(TERTULIA_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)  # libFuzzer sees which lines an input reached
endif()

add_library(tertulia_flags INTERFACE)
target_include_directories(tertulia_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(tertulia_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wimplicit-fallthrough)
if(CMAKE_UNITY_BUILD)
    # Of files that are compiled together each sees the others' names, without meaning them.
    target_compile_options(tertulia_flags INTERFACE -Wno-shadow)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(tertulia_flags INTERFACE -Wno-subobject-linkage)
    endif()
endif()
if(TERTULIA_WERROR)
    target_compile_options(tertulia_flags INTERFACE -Werror)
endif()

if(TERTULIA_SANITIZE)
    add_compile_options(-fsanitize=${TERTULIA_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TERTULIA_SANITIZE})
    if(TERTULIA_SANITIZE MATCHES "undefined|address")
        add_compile_options(-fno-sanitize-recover=all)
    endif()
    if(TERTULIA_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-Wno-tsan)  # g++ 12 warns about Asio's fences
    endif()
endif()
