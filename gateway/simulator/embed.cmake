# cmake -DOUT=file.cpp -DDIR=web "-DFILES=a;b" -P embed.cmake: the page's files as one C++ source.
set(source "// Made from web/ by embed.cmake.\n#include \"gateway/simulator/web_files.hpp\"\n\n")
string(APPEND source "namespace tertulia::gateway::simulator {\n\n")
foreach(file ${FILES})
    file(READ ${DIR}/${file} bytes HEX)
    string(LENGTH "${bytes}" digits)
    math(EXPR size "${digits} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${bytes}")
    # One literal a line: no compiler limit on lines, and adjacent literals join.
    string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?)"
        "    \"\\1\"\n" escaped "${escaped}")
    string(MAKE_C_IDENTIFIER "web_${file}" name)
    string(APPEND source "std::string_view ${name}() noexcept {\n    return {\n${escaped}, ${size}};\n}\n\n")
endforeach()
string(APPEND source "}  // namespace tertulia::gateway::simulator\n")
file(WRITE ${OUT} "${source}")
