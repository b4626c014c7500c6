#include "gateway/commands/write_out.hpp"

#include <fstream>
#include <iostream>

namespace tertulia::gateway {

int write_out(const std::string& table, const std::string& file) {
    if (file.empty()) {
        std::cout << table;
        return std::cout.good() ? 0 : 1;
    }
    std::ofstream out{file, std::ios::binary | std::ios::trunc};
    out << table;
    out.close();
    if (out) return 0;
    std::cerr << "tertulia: " << file << " cannot be written\n";
    return 1;
}

}  // namespace tertulia::gateway
