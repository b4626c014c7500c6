// Files on disk are sealed, whole or not there, and open to nobody else.

#include "gateway/received/vault.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace tertulia::gateway {
namespace {

namespace fs = std::filesystem;

struct vault_test : testing::Test {
    vault_test() { fs::remove_all(folder); }
    ~vault_test() override { fs::remove_all(folder); }

    fs::path file_of(int id) const {
        return folder / std::to_string(id % 256) / std::to_string(id);
    }
    static std::string content(const fs::path& of) {
        std::ostringstream all;
        all << std::ifstream{of, std::ios::binary}.rdbuf();
        return all.str();
    }

    fs::path folder{
        fs::temp_directory_path() / ("tertulia-vault-" + std::to_string(getpid()))};
    vault files{folder};
    seal_key key{new_seal_key()};
};

TEST_F(vault_test, a_file_comes_back_and_is_unreadable_on_disk) {
    files.put(7, key, "a voice of hers");
    EXPECT_EQ(files.get(7, key), "a voice of hers");
    EXPECT_EQ(content(file_of(7)).find("voice"), std::string::npos);
    EXPECT_EQ(fs::status(file_of(7)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
}

TEST_F(vault_test, another_key_another_id_or_changed_bytes_give_nothing) {
    files.put(7, key, "a voice of hers");
    EXPECT_FALSE(files.get(7, new_seal_key()));
    EXPECT_FALSE(files.get(8, key));
    fs::create_directories(file_of(263).parent_path());
    fs::copy(file_of(7), file_of(263));
    EXPECT_FALSE(files.get(263, key));  // in the place of another
    auto bytes = content(file_of(7));
    bytes[10] = static_cast<char>(bytes[10] ^ 1);
    std::ofstream{file_of(7), std::ios::binary} << bytes;
    EXPECT_FALSE(files.get(7, key));
    std::ofstream{file_of(7), std::ios::binary} << "short";
    EXPECT_FALSE(files.get(7, key));
}

TEST_F(vault_test, a_second_writing_replaces_and_dropping_is_final) {
    files.put(7, key, "first");
    files.put(7, key, "second");
    EXPECT_EQ(files.get(7, key), "second");
    files.drop(7);
    EXPECT_FALSE(files.get(7, key));
    files.drop(7);
}

TEST_F(vault_test, a_disk_that_refuses_is_told) {
    std::ofstream{folder} << "in the way";
    EXPECT_THROW(files.put(7, key, "x"), std::exception);
}

}  // namespace
}  // namespace tertulia::gateway
