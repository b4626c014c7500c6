# tertulia_folder(LINKS target…): the folder it is called in becomes one static library named after
# its path (dialogs/message -> tertulia_dialogs_message), made of every .cpp and .hpp directly in it.
# LINKS is the dependency rule: tests/house_rules_test.cpp reads it back.
include_guard(GLOBAL)

function(tertulia_folder)
    cmake_parse_arguments(PARSE_ARGV 0 folder "" "" "LINKS;PRIVATE_LINKS")
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REPLACE "/" "_" name "tertulia_${path}")
    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    file(GLOB headers CONFIGURE_DEPENDS *.hpp)

    if(sources)
        add_library(${name} STATIC ${sources})
        set(visibility PUBLIC)
    else()
        add_library(${name} INTERFACE)
        set(visibility INTERFACE)
    endif()
    if(headers)
        target_sources(${name} ${visibility}
            FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers})
        set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    endif()
    target_link_libraries(${name} ${visibility} tertulia_flags ${folder_LINKS})
    if(sources AND folder_PRIVATE_LINKS)
        target_link_libraries(${name} PRIVATE ${folder_PRIVATE_LINKS})
    endif()
endfunction()
