// The precompiled headers of the tests belong to this source; CMakeLists.txt lists them.
