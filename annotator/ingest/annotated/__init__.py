"""What other annotation programs write -> articles with layers. One module a format; every mark is
found again by the words the file gives for it, and listed when it cannot be.
"""
