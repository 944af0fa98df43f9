@echo off
rem Double-click: sets up what is missing, builds the site, serves the preview and opens the browser.
rem All that is not ASCII stands at the end, where cmd.exe cannot lose its place in the file over it.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
pushd "%~dp0" || goto failed
set "NEEDS=requirements.txt"
if exist requirements\run.txt set "NEEDS=requirements\run.txt"
set "RUN=.venv\Scripts\python.exe"
%RUN% -c "" >nul 2>nul && goto libraries

set "FINDER="
for %%V in (3.14 3.13 3.12 3.11) do (
    if not defined FINDER py -%%V -c "" >nul 2>nul && set "FINDER=py -%%V"
)
if not defined FINDER (
    python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "FINDER=python"
)
if not defined FINDER goto nopython
if exist requirements\run.txt goto environment
%FINDER% -c "import gazette.cli" >nul 2>nul || goto environment
set "RUN=%FINDER%"
goto serve

:environment
call :say_once
%FINDER% -m venv --clear .venv || goto failed

:libraries
fc /b %NEEDS% .venv\preview.stamp >nul 2>nul && goto serve
call :say_libraries
%RUN% -m pip install -q --disable-pip-version-check -r %NEEDS% || goto failed
copy /y %NEEDS% .venv\preview.stamp >nul

:serve
%RUN% build.py serve --open %*
if errorlevel 1 goto failed
exit /b 0

:nopython
call :say_nopython
pause
exit /b 1

:failed
call :say_failed
pause
exit /b 1

:say_once
echo 正在准备运行环境，只需要一次…… / Setting up, once only ...
exit /b 0

:say_libraries
echo 正在安装所需的程序库，要几分钟…… / Installing libraries, this takes minutes ...
exit /b 0

:say_nopython
echo.
echo 没有找到 Python 3.11 或更高版本。请从 https://www.python.org/downloads/ 下载安装，
echo 安装时勾选 "Add python.exe to PATH"，然后再双击本文件。
echo Python 3.11 or newer was not found. Install it from the address above, then double-click this file again.
echo.
exit /b 0

:say_failed
echo.
echo 没有成功，原因见上面的文字。 / That did not work; the lines above say why.
exit /b 0
