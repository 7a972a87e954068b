// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.19;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title An ERC-20 for development chains whose number of decimals is chosen at deployment
/// @notice The presets of OpenZeppelin always have 18 decimals; a stand-in for USDC needs 6, and tools that
/// confuse the two must fail on the development chain and not on a real one.
contract DevToken is ERC20, Ownable {
    uint8 private immutable _places;

    constructor(string memory name_, string memory symbol_, uint8 places_) ERC20(name_, symbol_) {
        _places = places_;
    }

    function decimals() public view override returns (uint8) {
        return _places;
    }

    /// @param to receiver of the new tokens
    /// @param amount how many, in base units
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }
}
